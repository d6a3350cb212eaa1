/**
 * AWS's own words, which stay in a redacted report. All other values of parameters are replaced, because the keys under
 * which users put names cannot be listed.
 */
import { isMadeOfKnownWords } from './known-words.js';

const REGION = String.raw`(?:af|ap|ca|cn|eu|il|me|mx|sa|us)(?:-gov|-iso[a-z]?)?-(?:central|(?:north|south)?(?:east|west)|north|south)-\d`;
const IS_REGION = new RegExp(`^${REGION}$`);

/** Whole texts that stay because of their form: flags, numbers, times, regions and zones, sizes. */
const KEPT: readonly RegExp[] = [
  /^(?:true|false|null|none|yes|no|on|off|all|any|self|amazon|aws|aws-marketplace|\*|-|\/)$/i,
  // Longer numbers may be telephone numbers, accounts or addresses (3405803880), except for days and seconds since
  // 1970.
  /^(?:-?\d{1,7}|\+\d{1,5})(?:\.\d{1,11})?%?$/,
  /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])$/,
  /^1\d{9}(?:\.\d{1,9})?$/,
  /^(?!\d{3}\.\d{3}\.\d{4}$)v?\d{1,6}(?:\.\d{1,9}){1,2}$/,
  /^\d{4}-\d\d-\d\d(?:[T ][\d:.,Z+-]*)?$/,
  /^\d{8}T\d{4,6}Z$/,
  /^[A-Z][a-z]{2} \d{1,2}, \d{4},? \d{1,2}:\d\d:\d\d [AP]M$/,
  new RegExp(`^${REGION}[a-z]?$`),
  /^[a-z]{2,3}\d-az\d$/,
  /^(?:console|signin)\.aws\.amazon\.com$/,
  /^AWS Internal(?:\/\d+)?$/,
  /^(?:(?:db|cache|ml|mq|kafka)\.)?(?:[a-z]{1,3}\d[a-z]{0,4}(?:-[a-z]\d)?|u-\d{1,2}tb\d)\.(?:nano|micro|small|medium|large|metal|\d*xlarge)(?:\.search)?$/,
  /^\$(?:LATEST|DEFAULT|Default|Latest)$/,
  /^(?:0\.0\.0\.0|::)\/0$/,
  /^(?:HIDDEN_DUE_TO_SECURITY_REASONS|MASKED_BY_CULPRIT|\*+|<sensitiveDataRemoved>)$/,
  /^(?:public-read|public-read-write|authenticated-read|bucket-owner-full-control|bucket-owner-read|private|log-delivery-write)$/,
  /^\/dev\/(?:sd|xvd|hd|nvme)[a-z0-9]{1,5}$/,
];

/**
 * Texts that stay because of their form if they are made of known words: services, actions, resource types, AWS's keys
 * and roles.
 */
const KEPT_IF_KNOWN: readonly RegExp[] = [
  new RegExp(String.raw`^[a-z][a-z0-9-]*(?:\.${REGION})?\.amazonaws\.com(?:\.cn)?$`),
  /^[a-z][a-z0-9-]{1,40}:[A-Z*][A-Za-z]*\*?$/,
  /^AWS::[A-Za-z0-9]+::[A-Za-z0-9:]+$/,
  /^aws:[A-Za-z0-9:-]+$/,
  /^AWSServiceRoleFor[A-Za-z]+$/,
  /^AWS-[A-Za-z]+$/,
  /^https?:\/\/[a-z0-9]+\.amazonaws\.com\/doc\/\d{4}-\d\d-\d\d\/$/,
  /^https?:\/\/acs\.amazonaws\.com\/groups\/[A-Za-z/]+$/,
];

/**
 * States and names of list filters. They occur in so many calls, under such general keys, that they would be the most
 * frequent names of a report. `instance-state-name` and similar: EC2 API reference, DescribeInstances and related
 * calls.
 */
const WORDS: ReadonlySet<string> = new Set(
  `open closed upcoming pending running stopping stopped terminated shutting-down rebooting available unavailable in-use
  in-sync associated disassociated associating disassociating attached attaching detached detaching creating created
  deleting deleted active inactive enabled disabled enabling disabling failed failure success successful completed complete
  updating updated unlimited standard optional required local public private default blocking Name name state status value
  values key keys type types tag tags tag-key tag-value description id owner owner-id owner-alias vpc-id subnet-id group-id
  group-name instance instance-id instance-type instance-state-name instance-state-code image-id image-type
  availability-zone association.main association.route-table-association-id architecture root-device-type
  virtualization-type resource-id resource-type is-default default-vpc supported-platforms network-interface-id
  attachment.instance-id attachment.status volume-id snapshot-id volume snapshot subnet vpc security-group route-table
  network-interface internet-gateway natgateway elastic-ip region eventTypeCategory eventName eventSource resourceName
  resourceType ReadOnly Username AccessKeyId user role group policy bucket`.split(/\s+/),
);

/** Common parts of paths. */
const KEPT_SEGMENTS: ReadonlySet<string> = new Set(
  'AWSLogs CloudTrail CloudTrail-Digest CloudTrail-Insight CloudTrail-NetworkActivity CloudTrail-Aggregated Config aws aws-service-role aws-reserved service-role root s3: https: http:'.split(
    ' ',
  ),
);

/**
 * Ends of keys whose values are words of an API: a kind, a state, a mode. A key that may hold a name or a user's own
 * words is not in the list.
 */
const WORD_KEY =
  /(?:type|types|state|status|mode|statuscode|version|class|engine|protocol|algorithm|spec|format|effect|action|tenancy|architecture|architectures|runtime|platform|tier|method|unit|units|enabled|window|category|region|regions|level|operator|encryption|ciphersuite|acl|delimiter|hypervisor|applied|mfaused|mobileversion|consolelogin|checkmfa|httptokens|httpendpoint|httpprotocolipv4|httpprotocolipv6|launchtype|schedulingstrategy|networkmode|requirescompatibilities|storageclass|permission|ipprotocol|granularity|licensemodel|preference|behavior|cpu|memory|xmlns|updatedfields|attribute|attributekey|logdriver|rootdevicename)$/;

/** The form of such a word: no address, no punctuation at its ends, no long text. */
const WORD = /^[A-Za-z$*-][\w.:+/,()$-]{0,60}$/;

/** Whether a text is AWS's own under any key. */
export function isVocabulary(text: string): boolean {
  if (WORDS.has(text)) return true;
  if (text.length > 80) return false;
  if (KEPT.some((pattern) => pattern.test(text))) return true;
  return KEPT_IF_KNOWN.some((pattern) => pattern.test(text)) && isMadeOfKnownWords(text);
}

/** Whether a text is a region's name. */
export function isRegion(text: string): boolean {
  return IS_REGION.test(text);
}

/** Whether a text under this key is a word of the API, not one that a user chose. */
export function isWordOf(key: string, text: string): boolean {
  if (!WORD.test(text) || !WORD_KEY.test(key.toLowerCase().replaceAll(/[-_]/g, ''))) return false;
  return isMadeOfKnownWords(text);
}

/** Whether a part of a path or an ARN is not a name. */
export function isKeptSegment(segment: string): boolean {
  return KEPT_SEGMENTS.has(segment) || isVocabulary(segment);
}

/** Labels of a host name that name a service or region, not an owner. */
const HOST_LABEL = new RegExp(
  `^(?:amazonaws|com|cn|aws|amazon|s3|s3-website|s3-accesspoint|s3-control|dualstack|dkr|ecr|rds|elb|compute|internal|ec2|execute-api|lambda-url|on|cloudfront|net|org|sqs|sns|sts|iam|logs|${REGION}|s3-website-${REGION}|compute-1)$`,
);

export function isHostLabel(label: string): boolean {
  return HOST_LABEL.test(label);
}

/** Nouns for pseudonyms; the key's own words might be a user's. */
const NOUNS =
  'user role group policy profile bucket key table function layer cluster service task repository job database project pipeline application environment stack alarm rule trail queue topic stream alias secret parameter zone domain certificate distribution api file instance image volume snapshot endpoint template session object channel document index';
const NOUN = new RegExp(`(${NOUNS.replaceAll(' ', '|')})s?(?:name|id|arn|identifier|set|list|ids|names|arns|url)?s?$`);

/** The noun for the text under a key: `bucketName` → bucket; `value` if the key contains no known noun. */
export function labelOf(key: string): string {
  const lower = key.toLowerCase().replaceAll(/[-_]/g, '');
  if (lower === 'key' || lower === 'prefix') return 'object';
  if (lower === 'accesskeyid') return 'access-key';
  const noun = NOUN.exec(lower)?.[1];
  if (noun !== undefined) return noun;
  return /(?:name|id|identifier)s?$/.test(lower) ? 'name' : 'value';
}

/** The program that a user agent names, in the words that the page's answers use. */
const PROGRAM =
  /CloudShell|Terraform|OpenTofu|Pulumi|aws-cdk|PowerShell|(?<=^\[?)aws-cli(?=\/)|S3Console|AWSConsole|EC2ConsoleFrontend|console\.(?:aws\.)?amazon(?:aws)?\.com|signin\.amazonaws\.com|(?<=^\[?)(?:Mozilla|Opera)(?=\/)|(?<=^\[?)(?:Boto3|Botocore|aws-sdk-[a-z0-9]{1,10}|aws-internal)/i;

/** The program's name; '' if it is unknown. */
export function programIn(agent: string): string {
  return PROGRAM.exec(agent)?.[0] ?? '';
}

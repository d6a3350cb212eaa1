/**
 * Matches the different names of a resource: `web`, `role/web`, `arn:aws:iam::111122223333:role/team/web`;
 * `s3://data/q1/x`, `data/q1/x`; a secret with and without its random suffix. Only this module knows which names mean
 * the same resource.
 *
 * Forms of ARNs: AWS Service Authorization Reference, "Resource types defined by …" of each service.
 */

/** What a name says about the resource. '' for what it leaves open, which matches anything. */
export interface Reading {
  /** As in ARNs: `iam`, `s3`, `cloudwatch`. */
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** `role`, `bucket`, `log-group`; in lower case. */
  readonly type: string;
  /** The resource's own name, in its original case. */
  readonly name: string;
  /** Other names of the resource, such as the last part of a path. */
  readonly aliases: readonly string[];
  /** Distinguishes resources of the same name: a version, or the random suffix of a secret's ARN. */
  readonly id: string;
  /** Whether the service is only guessed from the name's form, and needs to be confirmed. */
  readonly isGuess: boolean;
}

/** Where a name was found: what its record says about all names in it. '' for what the record does not say. */
export interface Place {
  readonly account: string;
  readonly region: string;
  /** As `arnService` returns it. */
  readonly service: string;
}

const ARN = /^arn:aws[a-z-]*:([^:]*):([^:]*):([^:]*):(.+)$/is;

/** The forms of an ARN's last part, by service; the first match counts. */
const FORMS: Readonly<Record<string, readonly RegExp[]>> = {
  iam: [/^(?<type>oidc-provider)\/(?<name>.+)$/is, /^(?<type>[a-z-]+)\/(?:.*\/)?(?<name>[^/]+)$/is],
  sts: [/^(?<type>[a-z-]+)\/(?<name>.+)$/is],
  s3: [/^(?<type>accesspoint)[/:](?<name>.+)$/is, /^(?<name>.+)$/s],
  secretsmanager: [/^(?<type>secret):(?<name>.+?)(?:-(?<id>[a-z0-9]{6}))?$/is],
  logs: [
    /^(?<type>log-group):(?<name>[^:]+)(?::\*)?$/is,
    /^(?<type>log-group):(?<name>[^:]+:log-stream:.+?)(?::\*)?$/is,
  ],
  ssm: [/^(?<type>parameter)(?<name>\/.+\/.+)$/is],
  lambda: [/^(?<type>function|layer):(?<name>[^:]+)(?::(?<id>.+))?$/is],
  cloudformation: [/^(?<type>stack|stackset|changeset)[/:](?<name>[^/:]+)(?:[/:](?<id>.+))?$/is],
  elasticloadbalancing: [
    /^(?<type>loadbalancer|targetgroup)\/(?:(?:app|net|gwy)\/)?(?<name>[^/]+)(?:\/(?<id>[0-9a-f]+))?$/is,
  ],
  autoscaling: [/^(?<type>[a-z]+):(?<id>[^:]*):[a-z]+\/(?<name>.+)$/is],
  ecs: [
    /^(?<type>task-definition)\/(?<name>[^:]+)(?::(?<id>\d+))?$/is,
    /^(?<type>service|task|container-instance|task-set)\/(?:[^/]+\/)?(?<name>[^/]+)$/is,
  ],
  eks: [/^(?<type>nodegroup|addon|fargateprofile|access-entry)\/[^/]+\/(?<name>.+)\/(?<id>[0-9a-f-]+)$/is],
  events: [/^(?<type>rule)\/(?:[^/]+\/)?(?<name>[^/]+)$/is],
  ecr: [/^(?<type>repository)\/(?<name>.+)$/is],
  wafv2: [/^(?:regional|global)\/(?<type>[a-z]+)\/(?<name>[^/]+)\/(?<id>.+)$/is],
  kafka: [/^(?<type>cluster)\/(?<name>[^/]+)\/(?<id>.+)$/is],
  mq: [/^(?<type>broker):(?<name>[^:]+):(?<id>.+)$/is],
  rds: [/^(?<type>[a-z-]+):(?<name>.+)$/is],
};

/** Services whose names contain slashes: a part of such a name is the name of something else. */
const WHOLE_NAMES: ReadonlySet<string> = new Set(['s3', 'logs', 'ssm', 'ecr', 'sts', 'iam', 'secretsmanager']);

/** Services with the same names in all regions. */
const GLOBAL: ReadonlySet<string> = new Set(['iam', 's3', 'sts', 'route53', 'cloudfront', 'organizations', 'shield']);

/** Services whose records name resources of other services. */
const ABOUT_OTHERS: ReadonlySet<string> = new Set([
  'access-analyzer',
  'backup',
  'cloudcontrolapi',
  'cloudformation',
  'config',
  'guardduty',
  'health',
  'resource-groups',
  'securityhub',
  'servicecatalog',
  'signin',
  'sso',
  'sts',
  'tagging',
  'tag',
]);

/** Event sources whose services have another name in ARNs. */
const ARN_SERVICES: Readonly<Record<string, string>> = {
  monitoring: 'cloudwatch',
  email: 'ses',
  ssmmessages: 'ssm',
  'ec2-instance-connect': 'ec2',
};

/**
 * Type words before a name on the page, in the console and in ARNs, with their services: `role/web`, `table/orders`,
 * `secret:prod/db`.
 */
const TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    iam: 'user role group policy instance-profile mfa server-certificate saml-provider oidc-provider',
    lambda: 'function layer',
    secretsmanager: 'secret',
    logs: 'log-group',
    dynamodb: 'table',
    rds: 'db snapshot cluster-snapshot subgrp',
    kms: 'key alias',
    cloudtrail: 'trail',
    cloudformation: 'stack stackset',
    elasticloadbalancing: 'loadbalancer targetgroup',
    ecr: 'repository',
    cloudwatch: 'alarm dashboard',
    events: 'rule event-bus',
    eks: 'nodegroup',
    states: 'statemachine',
    autoscaling: 'autoscalinggroup launchconfiguration',
    kinesis: 'stream',
    firehose: 'deliverystream',
    codebuild: 'project build',
    acm: 'certificate',
    route53: 'hostedzone',
    cloudfront: 'distribution',
    ec2: 'instance volume security-group vpc subnet network-interface image key-pair launch-template natgateway internet-gateway route-table elastic-ip',
    elasticfilesystem: 'file-system access-point',
    ssm: 'parameter document managed-instance',
    ecs: 'task-definition service task',
    // Several services have these types.
    '': 'cluster domain workgroup',
  }).flatMap(([service, types]) => types.split(' ').map((type) => [type, service] as const)),
);

const UNKNOWN: Reading = {
  service: '',
  region: '',
  account: '',
  type: '',
  name: '',
  aliases: [],
  id: '',
  isGuess: false,
};

/** Services whose names are not case-sensitive. */
const CASE_BLIND: ReadonlySet<string> = new Set(['', 'iam', 'ec2', 'rds', 'route53', 'elasticache', 'redshift']);

/** Names that AWS generates and that are unique: `i-0a1b2c3d4e5f67890`, a GUID, AKIA…. */
const UNIQUE =
  /^(?:[a-z][a-z-]*-(?:[0-9a-f]{17}|[0-9a-f]{8})|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|mrk-[0-9a-f]{32}|A(?:KIA|SIA|IDA|ROA|GPA|NPA|IPA|NVA)[A-Z0-9]{12,})$/i;

/** Whether AWS generated the name for one resource only. */
export function isUniqueName(name: string): boolean {
  return UNIQUE.test(name);
}

/** Whether two names of one service are equal by the service's rules for case. */
export function isSameCase(service: string, a: string, b: string): boolean {
  return a === b || (CASE_BLIND.has(service) && a.toLowerCase() === b.toLowerCase());
}

/** Whether a service's names are the same in all regions. */
export function isGlobal(service: string): boolean {
  return GLOBAL.has(service);
}

/** Whether a service's records name resources of other services. */
export function namesOthers(service: string): boolean {
  return ABOUT_OTHERS.has(service);
}

/** Whether a word before a name is a type, as in `role/web`. */
export function isTypeWord(word: string): boolean {
  return TYPES.has(word);
}

/** The name in ARNs of an event source's service: `cloudwatch` for monitoring.amazonaws.com. */
export function arnService(eventSource: string): string {
  const short = eventSource.replace(/\.amazonaws\.com(?:\.cn)?$/, '');
  return ARN_SERVICES[short] ?? short;
}

/** Removes quotes, blanks, line ends and invisible characters around a pasted name. */
export function cleanName(text: string): string {
  let clean = text.replace(/[\u200B-\u200D\u2060\uFEFF]/g, '').trim();
  for (;;) {
    const inner = /^(?:".*"|'.*'|`.*`|<.*>|“.*”|‘.*’|«.*»|「.*」|『.*』)$/s.test(clean);
    const next = (inner ? clean.slice(1, -1) : clean.replace(/[,;]$/, '')).trim();
    if (next === clean || next === '') break;
    clean = next;
  }
  // An ARN or URL that a terminal or an e-mail client has wrapped.
  return /^(?:arn:aws|[a-z0-9]+:\/\/)/i.test(clean)
    ? clean.replace(/[\r\n]+\s*/g, '')
    : clean.replace(/\s*[\r\n]+\s*/g, ' ');
}

/** The possible readings of a name, from a record or from a question; never empty, the likeliest first. */
export function readingsOf(text: string): Reading[] {
  const arn = readArn(text);
  if (arn) return [arn];
  const url = readUrl(text);
  if (url) return url;
  const readings: Reading[] = [bare(text)];
  const typed = /^\/?([a-z][a-z-]+)[/:](.+)$/is.exec(text);
  const type = typed?.[1]?.toLowerCase() ?? '';
  const service = TYPES.get(type);
  if (typed && service !== undefined) {
    readings.push(
      ...(service === '' ? [{ ...bare(typed[2] as string), type }] : [inArn(service, '', '', text.replace(/^\//, ''))]),
    );
  }
  // A secret's random suffix without the rest of its ARN.
  const secret = /^(.+)-[A-Za-z0-9]{6}$/.exec(text);
  if (secret) {
    const of = { service: 'secretsmanager', type: 'secret', id: text.slice(-6) };
    readings.push({ ...bare(secret[1] as string), ...of, isGuess: true });
  }
  return readings;
}

function bare(text: string): Reading {
  const name = plain(text);
  return { ...UNKNOWN, name: name === '' ? text : name };
}

/**
 * A log group's name without the wildcard for its streams, a host name without its final dot, `*` as Route 53 escapes
 * it.
 */
function plain(name: string): string {
  return name
    .replace(/:\*$/, '')
    .replace(/^\\052\./, '*.')
    .replace(/^((?:[\w*-]+\.)+[\w-]+)\.$/, '$1');
}

function readArn(text: string): Reading | undefined {
  const parts = ARN.exec(text);
  if (!parts) return undefined;
  const [, service = '', region = '', account = '', resource = ''] = parts;
  return inArn(
    service.toLowerCase(),
    region === '*' ? '' : region.toLowerCase(),
    account === '*' || account === 'aws' ? '' : account,
    resource,
  );
}

function inArn(service: string, region: string, account: string, resource: string): Reading {
  const where = { service, region, account, isGuess: false };
  for (const form of FORMS[service] ?? []) {
    const groups = form.exec(resource)?.groups;
    if (!groups) continue;
    const name = plain(groups['name'] ?? resource);
    const aliases = aliasesOf(name, resource, service === 'sts' && isUniqueName(name.slice(name.lastIndexOf('/') + 1)));
    return { ...where, type: typeIn(service, groups['type'], name), name, aliases, id: groups['id'] ?? '' };
  }
  const parts = /^\/?([^/:]+)[/:](.+)$/s.exec(resource);
  const name = plain(parts?.[2] ?? resource);
  const aliases = aliasesOf(name, resource, !WHOLE_NAMES.has(service));
  return { ...where, type: parts?.[1]?.toLowerCase() ?? '', name, aliases, id: '' };
}

/** All that follows the account, which the page shows for an ARN, and the last part. */
function aliasesOf(name: string, resource: string, hasParts: boolean): readonly string[] {
  const aliases = resource === name ? [] : [resource];
  const last = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1);
  if (hasParts && last !== name && last !== '') aliases.push(last);
  return aliases;
}

function typeIn(service: string, type: string | undefined, name: string): string {
  if (type !== undefined && /:log-stream:/i.test(name)) return 'log-stream';
  if (type !== undefined) return type.toLowerCase();
  return service === 's3' ? (name.includes('/') ? 'object' : 'bucket') : '';
}

const S3_HOST =
  /^(?:(.+)\.)?s3(?:[.-](?:website[.-])?(?:dualstack\.|fips\.)?([a-z]{2}(?:-[a-z]+)+-\d))?\.amazonaws\.com(?:\.cn)?$/i;

/** What a URL leads to: an object, a queue, an image, or a page of the console. */
function readUrl(text: string): Reading[] | undefined {
  const image = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/i.exec(text);
  if (image) {
    const [, account = '', region = '', name = ''] = image;
    return [{ ...UNKNOWN, service: 'ecr', region, account, type: 'repository', name }];
  }
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)([^?#]*)(.*)$/is.exec(text);
  if (!parts) return undefined;
  const [, scheme = '', host = '', path = '', rest = ''] = parts;
  const inPath = decoded(path.replace(/^\/+/, ''));
  if (/^s3[an]?$/i.test(scheme)) return [object(inPath === '' ? host : `${host}/${inPath}`)];
  const inRest = decoded(rest);
  const arn = /arn:aws[a-z-]*:[^\s"'&|]+/i.exec(decoded(path) + inRest)?.[0];
  const named = arn === undefined ? undefined : readArn(arn);
  if (named) return [named];
  const s3 = S3_HOST.exec(host);
  if (s3) return [object(s3[1] === undefined ? inPath : inPath === '' ? s3[1] : `${s3[1]}/${inPath}`)];
  const queue = /^(?:sqs\.([a-z0-9-]+)|([a-z0-9-]+)\.queue)\.amazonaws\.com(?:\.cn)?$/i.exec(host);
  const queuePath = /^(\d{12})\/([^/]+)$/.exec(inPath);
  if (queue && queuePath) {
    const [, account = '', name = ''] = queuePath;
    return [{ ...UNKNOWN, service: 'sqs', region: queue[1] ?? queue[2] ?? '', account, name }];
  }
  if (/(?:^|\.)console\.(?:aws\.amazon|amazonaws(?:-us-gov)?)\.(?:com|cn)$/i.test(host))
    return inConsole(inPath, inRest);
  // For other URLs, the whole URL and its last part.
  const last = inPath.split('/').filter(Boolean).at(-1);
  return [{ ...bare(text), aliases: last === undefined ? [host] : [last] }];
}

/** The subject of a console page: the bucket in its address, or the first ID in it. */
function inConsole(path: string, rest: string): Reading[] {
  const bucket = /s3\/(?:buckets|object)\/([^/]+)/i.exec(path)?.[1];
  if (bucket !== undefined) {
    const key = /[?&]prefix=([^&#]+)/.exec(rest)?.[1];
    return [object(key === undefined ? bucket : `${bucket}/${key}`)];
  }
  const id = /(?<![\w-])[a-z][a-z-]*-(?:[0-9a-f]{17}|[0-9a-f]{8})(?![\w-])/.exec(`${path} ${rest}`)?.[0];
  if (id !== undefined) return [bare(id)];
  const typed = /\/(users|roles|groups|functions|policies)\/(?:details\/)?([^/?#|]+)/i.exec(`${path}${rest}`);
  if (typed) {
    const type = (typed[1] as string).toLowerCase().replace(/ies$/, 'y').replace(/s$/, '');
    return [{ ...bare(typed[2] as string), service: type === 'function' ? 'lambda' : 'iam', type }];
  }
  const named = /[=/]([^=/&?#]+)$/.exec(`${path}${rest}`)?.[1];
  return [bare(named ?? `${path}${rest}`)];
}

function object(name: string): Reading {
  return {
    ...UNKNOWN,
    service: 's3',
    type: name.replace(/\/$/, '').includes('/') ? 'object' : 'bucket',
    name: name.replace(/\/$/, ''),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether a name in the log can be the resource that is asked about. */
function agree(asked: Reading, found: Reading, place: Place | undefined): boolean {
  if (!sharesName(asked, found)) return false;
  if (!fits(asked.type, found.type) || !fits(asked.service, found.service)) return false;
  if (!fits(asked.account, found.account) || !fits(asked.region, found.region)) return false;
  if (!fits(asked.id.toLowerCase(), found.id.toLowerCase())) return false;
  if (asked.isGuess && found.service !== asked.service && place?.service !== asked.service) return false;
  return !place || isAt(asked, found, place);
}

function sharesName(a: Reading, b: Reading): boolean {
  const name = a.name.toLowerCase();
  const other = b.name.toLowerCase();
  if (name === other || withoutSlash(a, name) === withoutSlash(b, other)) return true;
  return b.aliases.some((one) => one.toLowerCase() === name) || a.aliases.some((one) => one.toLowerCase() === other);
}

/** Parameter names may be written without the slash before a path; log group names may not. */
function withoutSlash({ service }: Reading, name: string): string {
  return service === 'ssm' ? name.replace(/^\//, '') : name;
}

/** Whether a name without an account, found at this place, can be the resource that is asked about. */
function isAt(named: Reading, found: Reading, { account, region, service }: Place): boolean {
  if (found.account !== '' || isUniqueName(found.name)) return true;
  // Bucket names are global, and all services write them.
  if (named.service === 's3') return true;
  if (!fits(named.account, account)) return false;
  if (!isGlobal(named.service) && !fits(named.region, region)) return false;
  return found.service !== '' || namesOthers(service) || fits(named.service, service);
}

function fits(a: string, b: string): boolean {
  return a === '' || b === '' || a === b;
}

const QUALIFIER = /\s+(account|region|service):(\S+)$/i;

/** A resource that is asked about, which recognizes its names in the log. */
export class AskedName {
  /** Cleaned, in lower case, without qualifiers. */
  readonly text: string;
  readonly readings: readonly Reading[];
  /** Lower-case texts; every name of the resource contains at least one of them. */
  readonly needles: readonly string[];
  private readonly known = new Map<string, boolean>();

  /**
   * @param asked any name of the resource, optionally followed by `account:…`, `region:…` or `service:…` to narrow it
   * down
   */
  constructor(readonly asked: string) {
    let name = cleanName(asked);
    const where = { account: '', region: '', service: '' };
    for (let match = QUALIFIER.exec(name); match; match = QUALIFIER.exec(name)) {
      where[(match[1] as string).toLowerCase() as keyof typeof where] = (match[2] as string).toLowerCase();
      name = name.slice(0, match.index);
    }
    this.text = plain(name).toLowerCase();
    const asWritten = asked.trim();
    const readings = this.text === '' ? [] : readingsOf(name);
    // Punctuation that was removed may be part of the name.
    if (asWritten !== name && readings.length > 0) readings.push({ ...UNKNOWN, name: asWritten });
    this.readings = readings.map((reading) => ({
      ...reading,
      account: reading.account || where.account,
      region: reading.region || where.region,
      service: reading.service || where.service,
    }));
    const parts = this.readings.flatMap(({ name: one, aliases }) => [
      one,
      ...aliases.filter((alias) => !alias.includes(one)),
    ]);
    const needles = [...parts, this.text]
      .map((part) => part.toLowerCase().replace(/^(?:\*\.|\/)(?=.)/s, ''))
      .filter(Boolean);
    this.needles = [...new Set(needles)].filter(
      (one, _, all) => !all.some((other) => other !== one && one.includes(other)),
    );
  }

  /** Whether the name says where the resource is or what type it has. */
  get isNarrow(): boolean {
    return this.readings.some(({ account, region, type, isGuess }) => !isGuess && account + region + type !== '');
  }

  /** Whether a name in the log means the resource. @param place where the name was found, if that matters */
  means(name: string, place?: Place): boolean {
    if (place) return this.agrees(name, place);
    let means = this.known.get(name);
    if (means === undefined) {
      if (this.known.size > MOST_KNOWN) this.known.clear();
      this.known.set(name, (means = this.agrees(name, undefined)));
    }
    return means;
  }

  private agrees(name: string, place: Place | undefined): boolean {
    const lower = name.toLowerCase();
    if (!this.needles.some((needle) => lower.includes(needle))) return false;
    const found = readingsOf(name).filter(({ isGuess }) => !isGuess);
    return this.readings.some((mine) => found.some((one) => agree(mine, one, place)));
  }
}

/** Limits the results that are stored: the same names occur often. */
const MOST_KNOWN = 10_000;

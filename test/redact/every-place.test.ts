/** A made-up word in every place of an event where somebody's own word may stand, in every form: none is left. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { everythingIn } from '../support/everything-in.js';
import { report } from '../support/pipeline-run.js';
import { Random } from '../support/random.js';
import { logFile, record } from '../support/records.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const ACCOUNT = '111122223333';
const random = new Random(45);
/** Each word with where it was put. */
const places = new Map<string, string>();

/** A word of no language, of letters only, that was not used before. */
function word(place: string): string {
  const syllables = Array.from({ length: 4 }, () => random.text('bdfgklmnprtvz', 1) + random.text('aeiou', 1));
  const made = `q${syllables.join('')}`;
  if (places.has(made)) return word(place);
  places.set(made, place);
  return made;
}

type Form = (word: () => string) => string;

const FORMS: Readonly<Record<string, Form>> = {
  plain: (w) => w(),
  capitalised: (w) => `Q${w().slice(1)}`,
  capitals: (w) => w().toUpperCase(),
  hyphenated: (w) => `${w()}-${w()}`,
  dotted: (w) => `${w()}.${w()}_${w()}`,
  path: (w) => `${w()}/${w()}:${w()}`,
  sentence: (w) => `${w()} (${w()}), “${w()}” ${w()}: é${w()}`,
  action: (w) => `${w()}:Q${w().slice(1)}`,
  'type of a resource': (w) => `AWS::${w()}::${w()}`,
  'key of AWS': (w) => `aws:${w()}`,
  'document of AWS': (w) => `AWS-${w()}`,
  service: (w) => `${w()}.amazonaws.com`,
  host: (w) => `${w()}.s3.eu-west-1.amazonaws.com`,
  role: (w) => `AWSServiceRoleFor${w()}`,
  size: (w) => `${w()}.large`,
  device: (w) => `/dev/${w()}`,
  url: (w) => `https://${w()}.${w()}.example/${w()}?${w()}=${w()}#${w()}`,
  email: (w) => `${w()}@${w()}.example`,
  ARN: (w) => `arn:aws:iam::${ACCOUNT}:role/${w()}/${w()}`,
  'ARN of a subscription': (w) => `arn:aws:sns:eu-west-1:${ACCOUNT}:${w()}:${w()}`,
  'odd ARN': (w) => `arn:aws:${w()}:${w()}:${ACCOUNT}:${w()}/${w()}`,
  'ARN of AWS': (w) => `arn:aws:iam::aws:policy/${w()}`,
  JSON: (w) => JSON.stringify({ [w()]: { [w()]: w() } }),
  'encoded JSON': (w) => encodeURIComponent(JSON.stringify({ [w()]: [w()] })),
};

/** Keys of which some say that a word of the API is under them. */
const KEYS =
  'name value key userName description type status state mode version class engine protocol format effect action platform tier method unit window category region level operator encryption acl delimiter storageClass preference cpu attribute updatedFields rootDeviceName detailType requestId clientToken nextToken'.split(
    ' ',
  );
/** What has keys that people choose. */
const MAPS = 'tags labels environment metadata parameters variables attributes headers options requestItems'.split(' ');
const IDENTITY = 'principalId arn accountId accessKeyId userName invokedBy identityProvider credentialId'.split(' ');
const COLUMNS =
  'sourceIPAddress userAgent errorMessage requestID recipientAccountId sharedEventID vpcEndpointId vpcEndpointAccountId serviceEventDetails requestParameters responseElements additionalEventData'.split(
    ' ',
  );
const MESSAGES: readonly Form[] = [
  (w) => `The role with name ${w()} cannot be found.`,
  (w) => `User: ${w()} is not authorized to perform: iam:PassRole on resource: ${w()}`,
  (w) => `no "${w()}", '${w()}' or \`${w()}\`; ${w()}=${w()},${w()} [${w()}] <${w()}>`,
];

/** The fields of events in which this form stands wherever it can. */
function* eventsWith(name: string, form: Form): Generator<Readonly<Record<string, unknown>>> {
  const at = (place: string): string => form(() => word(`${name} in ${place}`));
  for (const key of COLUMNS) yield { [key]: at(key) };
  yield { requestParameters: Object.fromEntries(KEYS.map((key) => [key, at(key)])) };
  yield { requestParameters: Object.fromEntries(MAPS.map((key) => [key, { [at(`a key in ${key}`)]: 'x' }])) };
  yield { userIdentity: { type: 'IAMUser', ...Object.fromEntries(IDENTITY.map((key) => [key, at(key)])) } };
  yield {
    userIdentity: {
      type: 'AssumedRole',
      sessionContext: {
        sessionIssuer: { type: 'Role', principalId: at('issuer'), arn: at('issuer'), userName: at('issuer') },
        webIdFederationData: { federatedProvider: at('provider'), attributes: { [at('a key')]: at('attributes') } },
        sourceIdentity: at('sourceIdentity'),
      },
      onBehalfOf: { userId: at('onBehalfOf'), identityStoreArn: at('onBehalfOf') },
    },
    resources: [{ ARN: at('resources'), accountId: at('resources'), type: at('resources') }],
    tlsDetails: { clientProvidedHostHeader: at('tlsDetails') },
    eventContext: {
      requestContext: { additionalContext: { 'aws:SourceArn': at('eventContext') } },
      tagContext: { principalTags: [{ key: at('eventContext'), value: at('eventContext') }] },
    },
    addendum: { reason: at('addendum'), updatedFields: at('addendum') },
  };
  yield { responseElements: { currentState: { name: at('a state') }, items: [[at('a list')], { Key: at('a list') }] } };
  for (const message of MESSAGES) {
    yield { errorCode: 'AccessDenied', errorMessage: message(() => at('a message')) };
  }
}

test('no made-up word is left anywhere', async () => {
  const events = Object.entries(FORMS).flatMap(([name, form]) => [...eventsWith(name, form)]);
  const log = logFile(...events.map((fields, index) => record(index, fields)));
  const [owner, file, broken, service, id] = Array.from({ length: 5 }, () => word('the name of a file'));
  const folder = temporaryFolder({
    [`logs/${owner ?? ''}/AWSLogs/${ACCOUNT}/CloudTrail/eu-west-1/2025/03/03/${file ?? ''}.json`]: log,
    [`logs/${owner ?? ''}/AWSLogs/${ACCOUNT}/CloudTrail/eu-west-1/2025/03/04/${broken ?? ''}.json`]: '{',
    [`logs/${owner ?? ''}/AWSLogs/${id ?? ''}/${service ?? ''}/eu-west-1/x.log`]: '',
  });
  const finished = await report([path.join(folder, 'logs'), '--redact'], path.join(folder, 'out'));
  const whole = (await everythingIn(finished)).join('\n');
  const left = new Set(Array.from(whole.matchAll(/(?=(q[a-z]{8}))/g), ([, made]) => made));
  expect(places.size).toBeGreaterThan(2000);
  expect([...places].filter(([made]) => left.has(made)).map(([made, place]) => `${made}: ${place}`)).toEqual([]);
});

const head = (n: number): string =>
  `"eventTime":"2025-03-03T10:00:0${n}Z","eventSource":"ec2.amazonaws.com","eventName":"RunInstances","awsRegion":"eu-west-1"`;
const alice = '"userIdentity":{"type":"IAMUser","userName":"alice"}';
const bob = '"userIdentity":{"type":"IAMUser","userName":"bob"}';
const ending = '"eventType":"AwsApiCall","requestParameters":{"instanceId":"i-0123456789abcdef0"}';
/** What is left where a piece between two records is gone: brackets are closed as often as they are opened. */
const cut = '{"instanceTy","userName":"bob"}';

const log = (...records: string[]): string => `{"Records":[${records.map((record) => `{${record}}`).join(',\n')}]}`;

export default {
  // The second requestParameters are whole: without the first, Alice would have done what Bob did.
  'a-field-twice.json': log(
    `${alice},${head(1)},"requestParameters":${cut},${head(2)},"requestParameters":{"a":1}`,
    `${bob},${head(3)},"eventID":"whole-1"`,
  ),
  'a-field-twice-and-spaces.json': log(`${alice},${head(1)},"requestParameters" : ${cut},${head(2)}, ${ending} `),
  'another-field-twice.json': log(`${alice},${head(1)},"insightDetails":${cut},${head(2)},"insightDetails":{"a":1}`),
  'in-a-known-ending.json': log(
    `${bob},${head(4)},"eventID":"whole-2",${ending}`,
    `${alice},${head(5)},"eventID":"mixed","requestParameters":${cut},${ending}`,
    `${bob},${head(6)},"eventID":"whole-3",${ending}`,
  ),
  'beside-the-records.json': `${log(`${bob},${head(7)},"eventID":"whole-4"`).slice(0, -1)},"x":${cut}}`,
  // What columns show a part of is left out, and the event stands.
  'in-tls-details.json': log(`${bob},${head(8)},"eventID":"whole-5","tlsDetails":${cut}`),
  // AWS has a text here.
  'in-place-of-a-text.json': log(`${bob},${head(9)},"eventID":"not-whole","managementEvent":[["a"}]`),
  // No damage: the last of two counts.
  'two-sound-values.json': log(`${bob},${head(9)},"eventID":"whole-6","requestParameters":{"a" : 1},${ending}`),
};

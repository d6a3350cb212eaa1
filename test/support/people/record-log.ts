/** Records in an array as attribution reads them. */
import type { CallerIdentity, CodedValues, EventColumn, SessionLog } from '#scripts/investigate/people/session-log.js';

export type LogRecord = Readonly<Record<string, unknown>>;

/** @param records of any order; they are read in the order of their times */
export function recordLog(records: readonly LogRecord[]): SessionLog {
  const sorted = records.toSorted((a, b) => timeOf(a) - timeOf(b));
  const identities: CallerIdentity[] = [];
  const numbers = new Map<string, number>();
  const identityOf = Uint32Array.from(sorted, ({ userIdentity }) => {
    const identity = callerIdentity(userIdentity);
    const key = JSON.stringify(identity);
    const number = numbers.get(key) ?? identities.push(identity) - 1;
    numbers.set(key, number);
    return number;
  });
  const columns = new Map<EventColumn, CodedValues>();
  return {
    rows: sorted.length,
    times: Float64Array.from(sorted, timeOf),
    identities: identities.length,
    identityOf,
    identity: (number) => identities[number] as CallerIdentity,
    column: (name) => {
      const known = columns.get(name) ?? coded(sorted.map((record) => cellOf(record, name)));
      columns.set(name, known);
      return known;
    },
    text: (row, name, most) => {
      const value = sorted[row]?.[name];
      return value === undefined || value === null ? '' : JSON.stringify(value).slice(0, most);
    },
  };
}

function cellOf(record: LogRecord, name: EventColumn): string {
  if (name === 'outcome') return outcomeOf(record);
  return textOf(record[name]);
}

function outcomeOf({ errorCode, errorMessage, readOnly, serviceEventDetails }: LogRecord): string {
  if (errorCode !== undefined || errorMessage !== undefined) return 'error';
  if (Object.values(serviceEventDetails ?? {}).includes('Failure')) return 'error';
  return readOnly === true || readOnly === 'true' ? 'read' : 'change';
}

function coded(cells: readonly string[]): CodedValues {
  const values = ['', ...new Set(cells.filter((cell) => cell !== ''))];
  const codes = new Map(values.map((value, code) => [value, code]));
  return {
    size: values.length,
    codes: cells.map((cell) => codes.get(cell) as number),
    value: (code) => values[code] as string,
  };
}

function callerIdentity(userIdentity: unknown): CallerIdentity {
  const text = (...path: readonly string[]): string => textAt(userIdentity, path);
  return {
    type: text('type'),
    userName: text('userName'),
    principalId: text('principalId'),
    arn: text('arn'),
    accountId: text('accountId'),
    accessKeyId: text('accessKeyId'),
    invokedBy: text('invokedBy'),
    creationDate: text('sessionContext', 'attributes', 'creationDate'),
    sourceIdentity: text('sessionContext', 'sourceIdentity'),
    issuerArn: text('sessionContext', 'sessionIssuer', 'arn'),
    provider: text('identityProvider') || text('sessionContext', 'webIdFederationData', 'federatedProvider'),
    onBehalfOf: text('onBehalfOf', 'userId'),
    issuedTo: text('inScopeOf', 'credentialsIssuedTo'),
    roleDelivery: text('sessionContext', 'ec2RoleDelivery'),
    assumedRoot: text('sessionContext', 'assumedRoot'),
  };
}

function textAt(value: unknown, path: readonly string[]): string {
  let here = value;
  for (const key of path) here = (here as LogRecord | undefined | null)?.[key];
  return textOf(here);
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : '';
}

function timeOf({ eventTime }: LogRecord): number {
  return Date.parse(String(eventTime));
}

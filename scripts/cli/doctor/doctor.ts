/** `npm run report -- doctor`: finds what prevents a report. It only reads; it creates and changes nothing. */
import { COMMAND } from '#scripts/run/installation.js';
import type { RunConfig } from '#scripts/run/config.js';
import { CulpritError } from '#scripts/run/errors.js';
import type { Publisher } from '#scripts/publish/port.js';
import { hasCloudTrail } from '#scripts/aws/client-options.js';
import { connectionSentence, failureOf } from '#scripts/aws/failure.js';
import { UnreadableError, type LogSource } from '#scripts/source/port.js';
import { ageText, findingLines, noTrailLines, trailFindings, type Finding } from './findings.js';
import { askAccount, type AccountQuestions, type Caller, type TrailFacts } from './trails.js';

export interface DoctorPorts {
  readonly openSource: (input: string, since: number) => Promise<LogSource>;
  readonly openPublisher: () => Promise<Publisher | undefined>;
  readonly write: (line: string) => void;
  readonly now: () => number;
}

/** How far back the newest log is searched for. */
const LOOK_BACK_MS = 2 * 86_400_000;

/** Prints its findings; resolves to whether a report can be made. */
export async function doctor(config: RunConfig, ports: DoctorPorts): Promise<boolean> {
  let isWell = true;
  const say = (...findings: readonly Finding[]): void => {
    isWell &&= findings.every(({ state }) => state !== 'fail');
    for (const line of findingLines(findings)) ports.write(line);
  };
  const { trails, caller, region } = await askAboutAccount(config, ports, say);
  const inputs = config.isSample ? (trails?.map(({ input }) => input) ?? []) : config.inputs;
  for (const input of new Set(inputs.filter((name) => name.startsWith('s3://')))) {
    say(...(await bucketFindings(input, ports)));
  }
  if (inputs.length === 0 && trails === undefined) {
    say({
      state: 'skip',
      what: 'bucket',
      found: 'not checked',
      advice: `Name it: ${COMMAND} doctor s3://BUCKET`,
    });
  }
  say(await publishFinding(config, ports));
  if (trails?.length === 0 && caller !== undefined) {
    for (const line of noTrailLines(caller.account, region)) ports.write(line);
  }
  return isWell;
}

interface Account {
  readonly caller: Caller | undefined;
  /** Undefined if the trails are unknown. */
  readonly trails: readonly TrailFacts[] | undefined;
  readonly region: string;
}

async function askAboutAccount(
  { s3 }: RunConfig,
  { now }: DoctorPorts,
  say: (...findings: readonly Finding[]) => void,
): Promise<Account> {
  if (!(await hasCloudTrail(s3))) {
    const found = 'not checked: --endpoint-url is not AWS';
    say({ state: 'skip', what: 'account and trails', found });
    return { caller: undefined, trails: undefined, region: s3.region ?? '' };
  }
  const account = await askAccount(s3);
  const { region } = account;
  try {
    let caller: Caller;
    try {
      caller = await account.caller();
    } catch (error) {
      say({ state: 'fail', what: 'credentials', ...sentenceOf(error, s3.profile) });
      return { caller: undefined, trails: undefined, region };
    }
    say(
      { state: 'ok', what: 'credentials', found: `${caller.arn} (account ${caller.account})` },
      { state: 'ok', what: 'region', found: region },
    );
    return { caller, trails: await askAboutTrails(account, now(), say), region };
  } finally {
    account.close();
  }
}

async function askAboutTrails(
  account: AccountQuestions,
  now: number,
  say: (...findings: readonly Finding[]) => void,
): Promise<readonly TrailFacts[] | undefined> {
  let trails: readonly TrailFacts[];
  try {
    trails = await account.trails();
  } catch (error) {
    const { found } = sentenceOf(error, undefined);
    const advice = 'Allow cloudtrail:DescribeTrails and cloudtrail:GetTrailStatus, or name the bucket yourself.';
    say({ state: 'warn', what: 'trails', found, advice });
    return undefined;
  }
  if (trails.length === 0) {
    say({ state: 'warn', what: 'trails', found: `none in ${account.region}`, advice: 'See below how to create one.' });
  }
  for (const trail of trails) {
    const status = await account.statusOf(trail).catch(() => undefined);
    say(...trailFindings(trail, status, now));
  }
  return trails;
}

/** Whether the bucket exists, can be listed and read, and how new its newest log is. */
async function bucketFindings(input: string, { openSource, now }: DoctorPorts): Promise<Finding[]> {
  let source: LogSource;
  try {
    source = await openSource(input, now() - LOOK_BACK_MS);
  } catch (error) {
    return [{ state: 'fail', what: input, found: messageOf(error) }];
  }
  const findings: Finding[] = [{ state: 'ok', what: input, found: 'exists' }];
  try {
    let newest: { name: string; bytes: number; kind: 'events' } | undefined;
    for await (const found of source.list()) {
      if ('folder' in found) {
        if (found.kind instanceof UnreadableError) {
          findings.push({ state: 'warn', what: '  list', found: `${found.folder}: ${found.kind.message}` });
        }
      } else if (found.kind === 'events' && timeIn(found.name) >= timeIn(newest?.name ?? '')) {
        newest = { ...found, kind: 'events' };
      }
    }
    findings.push({ state: 'ok', what: '  list', found: 'allowed' });
    if (newest === undefined) {
      const advice = 'Check that it is the right bucket and that its trail is logging.';
      findings.push({ state: 'warn', what: '  newest log', found: 'none in the last two days', advice });
      return findings;
    }
    const time = timeIn(newest.name);
    if (time > 0) findings.push({ state: 'ok', what: '  newest log', found: ageText(now() - time) });
    await source.read(newest);
    findings.push({ state: 'ok', what: '  get', found: 'allowed' });
  } catch (error) {
    findings.push({
      state: 'fail',
      what: error instanceof UnreadableError ? '  get' : '  list',
      found: messageOf(error),
    });
  } finally {
    source.close();
  }
  return findings;
}

async function publishFinding({ publish }: RunConfig, { openPublisher }: DoctorPorts): Promise<Finding> {
  if (publish === undefined) return { state: 'skip', what: 'publish', found: 'not requested (--publish)' };
  try {
    const publisher = await openPublisher();
    const plan = await publisher?.plan(undefined);
    publisher?.close();
    return { state: 'ok', what: 'publish', found: plan?.readers ?? '' };
  } catch (error) {
    return { state: 'fail', what: 'publish', found: messageOf(error) };
  }
}

/** The delivery time in a log's name, in ms since 1970 UTC; 0 if there is none. */
function timeIn(name: string): number {
  const match = /_(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})Z_/.exec(name);
  if (match === null) return 0;
  const [, year, month, day, hour, minute] = match;
  return Date.parse(`${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:00Z`);
}

function sentenceOf(error: unknown, profile: string | undefined): { found: string } {
  const failure = failureOf(error);
  const place = { bucket: '', endpoint: undefined, profile, region: undefined };
  return { found: connectionSentence(failure, place) ?? (failure.detail || failure.kind) };
}

function messageOf(error: unknown): string {
  if (error instanceof CulpritError || error instanceof UnreadableError) return error.message;
  return error instanceof Error ? error.message : String(error);
}

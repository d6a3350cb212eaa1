/** The screen before an upload: where, for whom, what, and what changes. Pure. */
import { differenceLines, type AccessPlan } from './access-plan.js';
import { sameReaders } from './access-policy.js';
import { statementsOf } from './policy-text.js';
import type { Contents } from '../port.js';

interface ScreenFacts {
  /** s3://bucket/prefix */
  readonly place: string;
  readonly region: string;
  /** Without key or signature. */
  readonly address: string;
  readonly readers: string;
  /** The names of the uploaded files, in order. */
  readonly uploads: readonly string[];
  readonly plan: AccessPlan;
  readonly cautions: readonly string[];
}

const INDENT = ' '.repeat(12);

/** The lines, without line ends. */
export function planLines(facts: ScreenFacts, contents: Contents | undefined): string[] {
  const { place, region, address, readers, uploads, plan, cautions } = facts;
  return [
    `${row('Where')}${place} (${region})`,
    `${row('Address')}${address}`,
    `${row('Readers')}${readers}`,
    ...(contents === undefined ? [] : [`${row('Contents')}${contentsText(contents)}`]),
    `${row('Uploads')}${uploads.join(', ')}`,
    ...changes(plan).map((line, i) => (i === 0 ? row('Changes') : INDENT) + line),
    ...cautions.map((line) => `${row('Note')}${line}`),
  ];
}

function row(name: string): string {
  return `  ${name.padEnd(INDENT.length - 2)}`;
}

function contentsText({ events, people, accounts, from, to }: Contents): string {
  const count = (n: number, one: string, many = `${one}s`): string =>
    `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
  const range = from === undefined || to === undefined ? [] : [`${second(from)} to ${second(to)} UTC`];
  return [count(events, 'event'), count(people, 'person', 'people'), count(accounts, 'account'), ...range].join(' · ');
}

function second(iso: string): string {
  return iso.replace('T', ' ').replace('Z', '');
}

function changes({ policy, own, meanwhile, makesWebsite }: AccessPlan): string[] {
  const lines: string[] = [];
  if (makesWebsite) lines.push('static website hosting is turned on (index document index.html)');
  if (policy !== undefined) {
    const others = statementsOf(policy.before ?? '{}').length - (policy.removed === undefined ? 0 : 1);
    const { removed, added, after } = policy;
    const what =
      added === undefined
        ? `one statement is removed${after === undefined ? ', and the policy with it' : ''}`
        : removed === undefined
          ? 'one statement is added'
          : 'one statement is replaced';
    const stay =
      others === 0 ? '' : others === 1 ? '; the other stays unchanged' : `; the other ${String(others)} stay unchanged`;
    lines.push(`the bucket's policy: ${what}${stay}`, ...differenceLines(policy).map((line) => `  ${line}`));
    if (own !== undefined && !sameReaders(own, meanwhile)) {
      const who = meanwhile === undefined ? 'no reader' : 'only readers of both the old and the new report';
      lines.push(`during the upload, it allows ${who}`);
    }
  }
  return lines.length === 0 ? ['only the files'] : lines;
}

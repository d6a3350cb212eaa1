/**
 * Edits a bucket policy as text. Statements are added, replaced and removed in place by their Sid, so that the rest of
 * the policy stays the same byte for byte: spaces, order of keys and escapes included. Pure.
 */

/**
 * A statement of a bucket policy, with the elements used here. Source: AWS IAM user guide, "IAM JSON policy elements".
 */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: string | readonly string[];
  readonly NotAction?: unknown;
  readonly Resource?: string | readonly string[];
  readonly NotResource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** The position of a value in the text, as [start, end). */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** The policy's statements, in order. Throws a SyntaxError if it is not JSON. */
export function statementsOf(policy: string): readonly PolicyStatement[] {
  const { Statement = [] } = JSON.parse(policy) as { Statement?: PolicyStatement | readonly PolicyStatement[] };
  return Array.isArray(Statement) ? (Statement as readonly PolicyStatement[]) : [Statement as PolicyStatement];
}

export function statementWith(policy: string | undefined, sid: string): PolicyStatement | undefined {
  return policy === undefined ? undefined : statementsOf(policy).find(({ Sid }) => Sid === sid);
}

/** The policy with the statement in place of the one that it replaces, else at the end. @param replaces a Sid */
export function withStatement(
  policy: string | undefined,
  statement: PolicyStatement & { readonly Sid: string },
  replaces = statement.Sid,
): string {
  const json = JSON.stringify(statement);
  if (policy === undefined) return `{"Version":"2012-10-17","Statement":[${json}]}`;
  const spans = spansOf(policy);
  const index = statementsOf(policy).findIndex(({ Sid }) => Sid === replaces);
  const own = spans.items[index];
  if (own !== undefined) return replaced(policy, own, json);
  const last = spans.items.at(-1);
  // A policy with a single statement may omit the list.
  if (!spans.isList && last !== undefined)
    return replaced(policy, last, `[${policy.slice(last.start, last.end)},${json}]`);
  const at = last?.end ?? spans.whole.start + 1;
  return replaced(policy, { start: at, end: at }, last === undefined ? json : `,${json}`);
}

/** The policy without the statement of this Sid; undefined if no statement remains, which S3 does not allow. */
export function withoutStatement(policy: string, sid: string): string | undefined {
  const index = statementsOf(policy).findIndex(({ Sid }) => Sid === sid);
  const { items } = spansOf(policy);
  const own = items[index];
  if (own === undefined) return policy;
  if (items.length === 1) return undefined;
  const before = items[index - 1];
  const after = items[index + 1];
  // Together with the comma between it and its neighbour.
  if (before !== undefined) return replaced(policy, { start: before.end, end: own.end }, '');
  return replaced(policy, { start: own.start, end: after?.start ?? own.end }, '');
}

function replaced(text: string, { start, end }: Span, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}

/** The positions of the statements. The text must be valid JSON. */
function spansOf(policy: string): { readonly isList: boolean; readonly whole: Span; readonly items: readonly Span[] } {
  const whole = membersOf(policy, policy.indexOf('{')).findLast(({ key }) => key === 'Statement')?.value;
  if (whole === undefined) throw new SyntaxError('The policy has no Statement.');
  const isList = policy[whole.start] === '[';
  return { isList, whole, items: isList ? itemsOf(policy, whole.start) : [whole] };
}

function membersOf(text: string, start: number): { readonly key: string; readonly value: Span }[] {
  const members: { key: string; value: Span }[] = [];
  for (let at = skipSpace(text, start + 1); text[at] !== '}';) {
    const keyEnd = endOfValue(text, at);
    const from = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const value = { start: from, end: endOfValue(text, from) };
    members.push({ key: JSON.parse(text.slice(at, keyEnd)) as string, value });
    at = skipComma(text, value.end);
  }
  return members;
}

function itemsOf(text: string, start: number): Span[] {
  const items: Span[] = [];
  for (let at = skipSpace(text, start + 1); text[at] !== ']';) {
    const item = { start: at, end: endOfValue(text, at) };
    items.push(item);
    at = skipComma(text, item.end);
  }
  return items;
}

function endOfValue(text: string, start: number): number {
  const first = text[start] as string;
  if (first === '"') return endOfString(text, start);
  if (first !== '{' && first !== '[') return start + (/^[^\s,\]}]+/.exec(text.slice(start))?.[0].length ?? 0);
  let depth = 0;
  for (let at = start; ; at++) {
    const character = text[at];
    if (character === undefined) throw new SyntaxError('The policy ends early.');
    if (character === '"') at = endOfString(text, at) - 1;
    else if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && --depth === 0) return at + 1;
  }
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function skipSpace(text: string, at: number): number {
  let next = at;
  while (/\s/.test(text[next] ?? '')) next++;
  return next;
}

function skipComma(text: string, at: number): number {
  const next = skipSpace(text, at);
  return text[next] === ',' ? skipSpace(text, next + 1) : next;
}

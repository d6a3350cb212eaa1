/** What is said of a log in which nothing was found: who changed most, what was denied, who signed in. */
import type { BriefingLine, SentencePart } from '#shared/model/briefing.js';
import { isSignIn } from '#shared/model/sign-in.js';
import { isDenied } from '#shared/query/meaning.js';
import type { CallLog } from './read-calls.js';
import { shownValue } from '#shared/model/names.js';
import { printQuery } from '#shared/query/print.js';
import { valueNode } from '#shared/query/edit.js';
import type { Query } from '#shared/query/ast.js';

/** People, and services of each, that a line names. */
const MOST_PEOPLE = 3;

type Code = (row: number) => number;

class Count {
  count = 0;
  first = NaN;
  last = NaN;
  readonly by = new Map<string, number>();

  add(time: number, name: string): void {
    if (this.count++ === 0) this.first = time;
    this.last = time;
    this.by.set(name, (this.by.get(name) ?? 0) + 1);
  }

  /** The most frequent names with their counts. */
  get top(): readonly (readonly [name: string, count: number])[] {
    return [...this.by].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, MOST_PEOPLE);
  }
}

/** At most three lines. */
export function quietLines(log: CallLog): readonly BriefingLine[] {
  const [changes, denied, signIns] = [new Count(), new Count(), new Count()];
  const [outcomes, sources, names, errors] = (['outcome', 'eventSource', 'eventName', 'errorCode'] as const).map(
    (name) => log.codes(name),
  ) as [Code, Code, Code, Code];
  const countOf = (row: number): Count | undefined => {
    const outcome = log.value('outcome', row);
    const [source, name] = [log.value('eventSource', row), log.value('eventName', row)];
    if (isSignIn(source, name)) return name === 'ConsoleLogin' ? signIns : undefined;
    if (outcome === 'change') return changes;
    return outcome === 'error' && isDenied(log.value('errorCode', row), source, name) ? denied : undefined;
  };
  // What an event counts as follows from four values, of which there are few combinations.
  const known = new Map<number, Count | undefined>();
  const [ofNames, ofErrors] = [log.column('eventName').size, log.column('errorCode').size];
  for (let row = 0; row < log.log.rows; row++) {
    const key = ((sources(row) * ofNames + names(row)) * ofErrors + errors(row)) * 8 + outcomes(row);
    let count = known.get(key);
    if (count === undefined && !known.has(key)) known.set(key, (count = countOf(row)));
    count?.add(log.time(row), log.person(row));
  }
  return [
    ...lineOf('changes', changes, 'Most changes were made by ', '変更が最も多いのは ', [
      valueNode('outcome', 'change'),
    ]),
    ...lineOf('denied', denied, 'Calls that were denied are by ', '拒否された呼び出しは ', [
      valueNode('errorCode', '*denied*'),
    ]),
    ...lineOf('signIns', signIns, 'Signed in to the console: ', 'コンソールへのサインインは ', [
      valueNode('eventName', 'ConsoleLogin'),
    ]),
  ];
}

function lineOf(kind: BriefingLine['kind'], of: Count, en: string, ja: string, query: Query): readonly BriefingLine[] {
  if (of.count === 0) return [];
  const named = (language: 'en' | 'ja'): readonly SentencePart[] =>
    of.top.flatMap(([name, count], i): readonly SentencePart[] => [
      ...(i === 0 ? [] : [language === 'ja' ? '、' : ', ']),
      name === '' ? (language === 'ja' ? '不明な操作者' : 'somebody unknown') : ['who', shownValue('behind', name)],
      ` (${count.toLocaleString('en-US')})`,
    ]);
  const more = of.by.size - of.top.length;
  const others = (language: 'en' | 'ja'): readonly SentencePart[] =>
    more <= 0 ? [] : [language === 'ja' ? `ほか ${String(more)} 人` : ` and ${String(more)} more`];
  const { count, first, last } = of;
  return [
    {
      kind,
      level: '',
      count,
      first,
      last,
      query: printQuery(query),
      en: [en, ...named('en'), ...others('en'), '.'],
      ja: [ja, ...named('ja'), ...others('ja'), 'です。'],
    },
  ];
}

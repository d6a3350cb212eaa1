/** The reference of the query language: every kind of term, with an example that fits this report. */
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import { parseAddress } from '#shared/query/address.js';
import { valueNode } from '#shared/query/edit.js';
import { printNode } from '#shared/query/print.js';
import { writtenValue } from '#shared/model/names.js';
import type { TextKey } from '#public/text/en.js';

export interface ReferenceEntry {
  /** As in the grammar, abbreviated (`shared/query/ast.ts` has the complete grammar). */
  readonly syntax: string;
  readonly meaning: TextKey;
  /** A query. */
  readonly example: string;
}

/** Every kind of term; names, addresses and days in the examples come from this report. */
export function referenceFor({ top, report }: Pick<EmbeddedManifest, 'top' | 'report'>): readonly ReferenceEntry[] {
  const frequent = (column: string, otherwise: string): string => {
    const value = top[column]?.top.find(([candidate]) => candidate !== '')?.[0] ?? otherwise;
    return printNode(valueNode(column, writtenValue(column, value)));
  };
  const [first, last] = report.timeRange
    ? [report.timeRange.from.slice(0, 10), report.timeRange.to.slice(0, 10)]
    : ['2025-03-03', '2025-03-04'];
  const entry = (syntax: string, meaning: TextKey, example: string): ReferenceEntry => ({ syntax, meaning, example });
  return [
    entry('word word', 'help.words', 'i-0 us-east-1'),
    entry('"phrase"', 'help.phrase', '"access denied"'),
    entry('/regex/', 'help.regex', '/Delete(Vpc|Subnet)/'),
    entry('column:value', 'help.field', frequent('actor', 'alice')),
    entry('column:beg*', 'help.wildcard', 'event:Terminate*'),
    entry('column:/regex/', 'help.field-regex', 'event:/^(Create|Delete)/'),
    entry('column:*', 'help.present', 'error:*'),
    entry('-column:*', 'help.absent', '-error:*'),
    entry('-term', 'help.not', `-${frequent('eventSource', 'kms')}`),
    entry('term|term', 'help.or', 'event:StopLogging|event:DeleteTrail'),
    entry('(term term)', 'help.group', '-(readonly service:kms)'),
    entry('ip:range', 'help.addresses', `ip:${rangeOf(top)}`),
    entry('time:from..to', 'help.range', `time:${first}..${last}`),
    entry('time:>=time', 'help.time', `time:>=${last}T12:00`),
    entry('outcome:denied', 'help.outcome', 'outcome:denied'),
    entry('readonly', 'help.readonly', '-readonly'),
  ];
}

/** The range around the address with the most events. */
function rangeOf(top: EmbeddedManifest['top']): string {
  const addresses = (top['sourceIPAddress']?.top ?? []).map(([value]) => parseAddress(value));
  const bytes = addresses.find((address) => address?.length === 4);
  return bytes ? `${bytes.slice(0, 3).join('.')}.0/24` : '203.0.113.0/24';
}

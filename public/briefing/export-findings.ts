/** Findings as a file: for a spreadsheet, for a program, for a timeline in Timesketch. */
import type { ListedFinding } from '#shared/model/briefing.js';

export const FINDING_FORMATS = ['tsv', 'json', 'timesketch'] as const;

type FindingFormat = (typeof FINDING_FORMATS)[number];

const COLUMNS = [
  'level',
  'kind',
  'rule',
  'title',
  'techniques',
  'count',
  'first',
  'last',
  'people',
  'targets',
  'accounts',
  'query',
] as const;

/** A file's name and its content. Lists are joined by `; ` in a table. */
export function exportFindings(
  findings: readonly ListedFinding[],
  format: FindingFormat,
  language: 'en' | 'ja',
): { readonly name: string; readonly content: string } {
  const plain = findings.map((finding) => ({
    ...finding,
    title: finding.title[language] || finding.title.en,
    first: new Date(finding.first).toISOString(),
    last: new Date(finding.last).toISOString(),
  }));
  switch (format) {
    case 'json':
      return { name: 'culprit-findings.json', content: `${JSON.stringify({ findings: plain }, undefined, 2)}\n` };
    case 'tsv': {
      const lines = plain.map((finding) => COLUMNS.map((column) => cellOf(finding[column])).join('\t'));
      return { name: 'culprit-findings.tsv', content: [COLUMNS.join('\t'), ...lines, ''].join('\n') };
    }
    case 'timesketch': {
      // Timesketch user guide, "Create timeline from JSON/JSONL/CSV file": these three fields are asked for.
      const events = plain.map(({ first, ...finding }) => ({
        message: `${finding.title}: ${[...finding.people, ...finding.targets].join(', ')}`,
        datetime: first,
        timestamp_desc: 'First event of a finding',
        ...finding,
      }));
      return { name: 'culprit-findings.jsonl', content: events.map((event) => `${JSON.stringify(event)}\n`).join('') };
    }
  }
}

/** One line, and nothing that a spreadsheet takes for a formula. */
function cellOf(value: string | number | readonly string[]): string {
  const text = (typeof value === 'object' ? value.join('; ') : String(value)).replace(/[\t\r\n]+/g, ' ');
  return typeof value !== 'number' && /^[=+\-@]/.test(text) ? `'${text}` : text;
}

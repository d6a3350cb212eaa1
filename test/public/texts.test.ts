import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { COLUMNS } from '#shared/model/columns.js';
import { WARNINGS } from '#shared/model/manifest.js';
import { TAMPERING, UNPROVEN } from '#shared/model/verification.js';
import { DETAIL_GROUPS } from '#public/detail/detail-groups.js';
import { GRID_COLUMNS } from '#public/state/grid-columns.js';
import { en } from '#public/text/en.js';
import { ja } from '#public/text/ja.js';
import { chooseLanguage, text } from '#public/text/language.js';

const ROOT = path.join(import.meta.dirname, '..', '..');
const blanks = (of: string): string[] => [...new Set(of.match(/\{\w+\}/g) ?? [])].sort();

test('every text is there in every language, with the same blanks', () => {
  expect(Object.keys(ja).sort()).toEqual(Object.keys(en).sort());
  for (const [key, english] of Object.entries(en)) {
    const japanese = ja[key as keyof typeof en];
    expect(japanese.trim(), key).not.toBe('');
    expect(blanks(japanese), key).toEqual(blanks(english));
    // A bar divides the singular from the plural, and does nothing else.
    for (const of of [english, japanese]) if (of.includes('|')) expect(of, key).toMatch(/^[^|]+\|[^|]*\{n\}[^|]*$/);
  }
});

test('every column has a label and a meaning in every language', () => {
  for (const { name, label, meaning } of COLUMNS) {
    for (const of of [label.en, label.ja]) expect(of.trim(), name).not.toBe('');
    expect(meaning.en, name).toMatch(/\.$/);
    expect(meaning.ja, name).toMatch(/。$/);
  }
});

test('every fault that a run can report has its sentence, in English the same as the terminal’s', () => {
  for (const [code, sentence] of Object.entries(WARNINGS))
    expect(en[`warning.${code}` as keyof typeof en]).toBe(sentence);
});

test('every finding of --verify has its sentence, in English the same as the terminal’s', () => {
  for (const [code, sentence] of Object.entries({ ...TAMPERING, ...UNPROVEN }))
    expect(en[`finding.${code}` as keyof typeof en]).toBe(sentence);
});

test('every text that the template asks for exists', () => {
  const template = readFileSync(path.join(ROOT, 'templates', 'page.eta'), 'utf8');
  const keys = [...template.matchAll(/data-(?:text|label|title|placeholder)="([^"]+)"/g)].map(
    ([, key]) => key as string,
  );
  expect(keys.length).toBeGreaterThan(5);
  expect(keys.filter((key) => !(key in en))).toEqual([]);
});

test('every text is used', () => {
  const sources = ['public', 'templates', 'scripts/investigate', 'scripts/who'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ts|eta)$/.test(name) && !/text.(?:\w+-)?(?:en|ja)\.ts$/.test(name))
      .map((name) => readFileSync(path.join(ROOT, folder, name), 'utf8')),
  );
  const all = sources.join('\n');
  // A key may be put together from a beginning and a code.
  const isUsed = (key: string): boolean =>
    [`'${key}'`, `"${key}"`].some((quoted) => all.includes(quoted)) ||
    all.includes(`\`${key.slice(0, key.lastIndexOf('.') + 1)}\${`) ||
    // The form of a text for a page that lists a part of the events.
    (key.endsWith('.page') && isUsed(key.slice(0, -'.page'.length)));
  expect(Object.keys(en).filter((key) => !isUsed(key))).toEqual([]);
});

describe('a text', () => {
  test('is filled in, in the singular and the plural', () => {
    expect(text('app.summary.events', { n: 1 })).toBe('1 event');
    expect(text('app.summary.events', { n: 12_345 })).toBe('12,345 events');
    expect(text('coverage.example', { name: '$& $1' })).toBe('for example $& $1');
  });

  test('is in the first of the browser’s languages that there is', () => {
    expect(chooseLanguage(['de-DE', 'ja-JP', 'en'])).toBe('ja');
    expect(chooseLanguage(['fr'])).toBe('en');
  });
});

test('the details hold every column once, and so does the table', () => {
  const inDetails = DETAIL_GROUPS.flatMap(({ columns }) => columns);
  expect(['eventTime', ...inDetails].sort()).toEqual(COLUMNS.map(({ name }) => name).sort());
  expect(GRID_COLUMNS.map(({ name }) => name).sort()).toEqual(COLUMNS.map(({ name }) => name).sort());
});

/** Phrases that were riddles, and were replaced by standard terms: none of them comes back. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['public', 'scripts', 'docs', 'templates'];
const DOCUMENTS = ['README.md', 'CONTRIBUTING.md'];

const PHRASES: readonly string[] = [
  'Its life',
  'in vain',
  'or were not looked into',
  'policy given',
  'policy taken',
  'a bar is {width}',
  'Who, by',
  'any part of it from the left',
  'One line an event',
  'came twice',
  'it must be a time that exists',
  'Proof: not looked at',
  'somebody is asked',
  'Took back',
  'foretell',
  'rehears',
  'これまでの経過',
];

function filesBelow(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((name) => /\.(?:ts|md|eta|css)$/.test(name));
}

test('no text, comment or document has a phrase that was replaced by a plain one', () => {
  const files = [...DOCUMENTS, ...FOLDERS.flatMap(filesBelow)];
  expect(files.length).toBeGreaterThan(100);
  const found = files.flatMap((file) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8').replaceAll(/\s+(?:\* |\/\/ )?/g, ' ');
    return PHRASES.filter((phrase) => text.includes(phrase)).map((phrase) => `${file}: ${phrase}`);
  });
  expect(found).toEqual([]);
});

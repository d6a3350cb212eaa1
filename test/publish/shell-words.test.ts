/** Commands that people copy from what Culprit says hold names that others may have chosen. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { planUnpublish } from '#scripts/publish/plan/unpublish-plan.js';
import { shellQuoted } from '#scripts/run/shell-quoted.js';

test.runIf(process.platform !== 'win32')('a name is one word of a shell, whatever is in it', () => {
  const names = ["it's", "'; touch x; '", '$(id) `id` ${HOME} "\\" !* ~', "''", '', 'a\nb', '-n'];
  const words = names.map((name) => `printf '%s|' ${shellQuoted(name)};`).join('');
  expect(execFileSync('sh', ['-c', words]).toString()).toBe(names.map((name) => `${name}|`).join(''));
});

test('a prefix cannot end its quotes', () => {
  const facts = { policy: 'none', website: 'none', bucket: 'team', keepsVersions: true } as const;
  const { notes } = planUnpublish(facts, undefined, { prefix: "x'; touch y; '/", deleteOldVersions: false });
  expect(notes).toEqual([expect.stringContaining(String.raw`--prefix 'x'\''; touch y; '\''/'")`)]);
});

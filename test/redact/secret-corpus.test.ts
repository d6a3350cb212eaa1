/** The promises of docs/redaction-and-secrets.md, held against the corpus that `npm run corpus:secrets` prints. */
import { expect, test } from 'vitest';
import { furtherForms } from '../corpus/further-forms.js';
import { harmlessForms } from '../corpus/harmless-forms.js';
import { falseAlarms, missed, total } from '../corpus/measure.js';
import { promisedForms } from '../corpus/secret-forms.js';
import { Random } from '../support/random.js';

const SEEDS = [1, 2, 3];

test.each(SEEDS)('99 % of the secrets in promised forms are masked, and the JSON stays valid (seed %d)', (seed) => {
  const forms = promisedForms(new Random(seed));
  const { tried, faults } = total(missed(forms));
  expect(forms.size).toBeGreaterThanOrEqual(60);
  expect(tried).toBeGreaterThanOrEqual(300);
  expect(1 - faults / tried).toBeGreaterThanOrEqual(0.99);
});

test.each(SEEDS)('at most 2 %% of harmless texts are masked (seed %d)', (seed) => {
  const { tried, faults } = total(falseAlarms(harmlessForms(new Random(seed))));
  expect(tried).toBeGreaterThanOrEqual(150);
  expect(faults / tried).toBeLessThanOrEqual(0.02);
});

test('most secrets in unpromised forms are masked', () => {
  const { tried, faults } = total(missed(furtherForms(new Random(1))));
  expect(1 - faults / tried).toBeGreaterThanOrEqual(0.9);
});

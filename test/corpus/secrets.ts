/** `npm run corpus:secrets`: how many secrets are masked, and how many harmless texts are, form by form. */
import { parseArgs } from 'node:util';
import { Random } from '../support/random.js';
import { harmlessForms } from './harmless-forms.js';
import { falseAlarms, type FormResult, missed, total } from './measure.js';
import { promisedForms } from './secret-forms.js';
import { furtherForms } from './further-forms.js';

const HELP = `npm run corpus:secrets -- [options]
  --seed N  make the corpus by this number (default: 1)
  --faults  show each text that went wrong
  --help    show this`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    faults: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

function show(title: string, results: readonly FormResult[], isRecall: boolean): void {
  const { tried, faults } = total(results);
  const share = isRecall ? percent(tried - faults, tried) : percent(faults, tried);
  console.log(`${title}: ${tried} in ${results.length} forms, ${isRecall ? 'masked' : 'masked without need'} ${share}`);
  for (const { form, tried: of, faults: wrong } of results) {
    if (wrong.length === 0) continue;
    console.log(`  ${form}: ${isRecall ? 'missed' : 'masked'} ${wrong.length} of ${of}`);
    if (values.faults) for (const text of wrong) console.log(`    ${text.slice(0, 300)}`);
  }
}

if (values.help) console.log(HELP);
else {
  const seed = Number(values.seed);
  console.log(`Seed ${seed}`);
  show('Promised forms of secrets', missed(promisedForms(new Random(seed))), true);
  show('Further forms of secrets', missed(furtherForms(new Random(seed))), true);
  show('Harmless texts', falseAlarms(harmlessForms(new Random(seed))), false);
}

/**
 * `npm run test:attribution`: how well the people behind calls are found, on sessions whose truth is known. Ends with 1
 * where a session is named wrongly, one in a hundred is not named, or a reason or a mark is wrong.
 */
import { FORMS } from './forms.js';
import { FURTHER_FORMS } from './further-forms.js';
import { score, type Score } from './score.js';

const TIMES = 60;
const SEED = 20250303;
const FURTHER_SEED = 77;

const COLUMNS = ['right', 'unnamed', 'wrong', 'reasoned', 'unreasoned', 'unmarked', 'alarms'] as const;

function line(name: string, cells: readonly (string | number)[]): string {
  return name.padEnd(74) + cells.map((cell) => String(cell).padStart(11)).join('');
}

const scores = new Map([...score(FORMS, SEED, TIMES), ...score(FURTHER_FORMS, FURTHER_SEED, TIMES)]);
const total: Record<(typeof COLUMNS)[number], number> = {
  right: 0,
  unnamed: 0,
  wrong: 0,
  reasoned: 0,
  unreasoned: 0,
  unmarked: 0,
  alarms: 0,
};
console.log(line('', COLUMNS));
for (const [form, of] of scores) {
  console.log(
    line(
      form,
      COLUMNS.map((name) => of[name]),
    ),
  );
  for (const fault of of.faults) console.log(`    ${fault}`);
  for (const name of COLUMNS) total[name] += of[name as keyof Score] as number;
}
console.log(
  line(
    'all',
    COLUMNS.map((name) => total[name]),
  ),
);
const known = total.right + total.unnamed + total.wrong;
console.log(`${known} sessions can be resolved: ${((100 * total.right) / known).toFixed(2)} % right.`);
const isGood =
  total.wrong === 0 && total.right >= 0.99 * known && total.unreasoned + total.unmarked + total.alarms === 0;
process.exitCode = isGood ? 0 : 1;

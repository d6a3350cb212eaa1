/**
 * `npm run tamper`: tampers with trails, digests and caches of its own making, and prints by kind how many there were, how
 * many --verify found, and under which names. Ends with 1 where one was not found, or a trail that nobody touched was not
 * verified. Options: --count N (default 300), --seed N (default: another one each time).
 */
import { parseArgs } from 'node:util';
import { Random } from '../random.js';
import { RandomTrail } from './random-tampering.js';
import { tamperMany, verdictOn } from './tamper-with.js';

const CACHES = 0.1;
const UNTOUCHED = 20;

const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
const count = Number(values.count ?? 300);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
console.log(`${String(count)} tamperings, seed ${String(seed)}`);
const results = await tamperMany(count, seed, CACHES);
const kinds = [...new Set(results.map(({ kind }) => kind))];
const width = Math.max(...kinds.map(({ length }) => length));
console.log(`${'kind'.padEnd(width)}  tried  found  named`);
for (const kind of kinds) {
  const of = results.filter((result) => result.kind === kind);
  const found = of.filter(({ isFound }) => isFound);
  const names = [...new Set(of.flatMap(({ codes }) => codes))].sort();
  const figures = [of.length, found.length].map((n) => String(n).padStart(5)).join('  ');
  console.log(`${kind.padEnd(width)}  ${figures}  ${names.join(', ')}`);
}
const missed = results.filter(({ isFound }) => !isFound);
for (const { kind, seed: of } of missed) console.log(`NOT FOUND: ${kind}, seed ${String(of)}`);
const random = new Random(seed);
let wrong = 0;
for (let i = 0; i < UNTOUCHED; i++) {
  if ((await verdictOn(new RandomTrail(new Random(random.below(2 ** 31))))).state !== 'verified') wrong++;
}
console.log(
  `${String(results.length - missed.length)} of ${String(count)} found; ${String(wrong)} of ${String(UNTOUCHED)} untouched trails not verified`,
);
process.exitCode = missed.length + wrong === 0 ? 0 : 1;

/** `npm run report logs --writes-only` without `--`: npm keeps the option to itself, and the report would be another. */
import { CulpritError } from '#scripts/run/errors.js';
import { OPTIONS } from './options.js';

/** Options that npm has too, or may have from a person's own settings: whether they were meant for us is unknown. */
const NPMS_OWN: readonly string[] = [
  'access',
  'cache',
  'cacheMax',
  'color',
  'config',
  'debug',
  'dryRun',
  'force',
  'json',
  'profile',
  'quiet',
  'verbose',
  'yes',
];

/**
 * Throws a `CulpritError` of kind `usage` where npm took an option of ours: what it takes, known or not, it hands on
 * as npm_config_NAME (npm docs, "config": environment variables).
 */
export function swallowedByNpm(env: Readonly<Record<string, string | undefined>>): void {
  const taken = OPTIONS.filter(({ key, flag }) => !NPMS_OWN.includes(key) && `npm_config_${snake(flag)}` in env);
  const first = taken[0];
  if (first === undefined) return;
  throw new CulpritError(
    'usage',
    `npm took --${first.flag} as an option of its own. Put -- before the options: npm run report -- INPUT --${first.flag}.`,
  );
}

function snake(flag: string): string {
  return flag.replaceAll('-', '_');
}

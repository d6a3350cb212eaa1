/**
 * Detects `npm run report logs --writes-only` without `--`: npm keeps the option, so the report would be a different
 * one.
 */
import { COMMAND } from '#scripts/run/installation.js';
import { CulpritError } from '#scripts/run/errors.js';
import { OPTIONS } from './options.js';

/**
 * Options that npm also has, or that may come from the user's npm settings: it is unknown whether they were meant for
 * Culprit.
 */
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
 * Throws a `CulpritError` of kind `usage` if npm took one of our options. npm passes every option that it takes, known
 * or not, as npm_config_NAME (npm docs, "config": environment variables).
 */
export function swallowedByNpm(env: Readonly<Record<string, string | undefined>>): void {
  const taken = OPTIONS.filter(({ key, flag }) => !NPMS_OWN.includes(key) && `npm_config_${snake(flag)}` in env);
  const first = taken[0];
  if (first === undefined) return;
  throw new CulpritError(
    'usage',
    `npm took --${first.flag} as an option of its own. Put -- before the options: ${COMMAND} INPUT --${first.flag}.`,
  );
}

function snake(flag: string): string {
  return flag.replaceAll('-', '_');
}

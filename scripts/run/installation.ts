/**
 * What depends on how Culprit was installed. This is the repository's own; `scripts/build/` puts another in its place in the
 * package.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../', import.meta.url);

/** The version in package.json, such as 1.2.3. */
export const VERSION = (JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as { readonly version: string })
  .version;

/** What the user types before the arguments. */
export const COMMAND = 'npm run report --';

/** The folder of the bundled logs. */
export const SAMPLE = fileURLToPath(new URL('scripts/sample', ROOT));

/** The folder of our own rules, one file a rule. */
export const OWN_RULES = fileURLToPath(new URL('scripts/findings/rules', ROOT));

/** The environment of the command in tests. */
import { temporaryFolder } from '../support/temporary-folder.js';

/**
 * This process's environment without what would change a run: npm's, AWS's and the test runner's own. The cache is a new
 * one, never that of other runs or of the person at this machine.
 */
export function environmentOf(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const kept = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || /^(?:npm_|AWS_|VITEST|NODE_OPTIONS$|NO_COLOR$)/i.test(name) ? [] : [[name, value] as const],
  );
  return {
    ...Object.fromEntries(kept),
    AWS_EC2_METADATA_DISABLED: 'true',
    ...env,
    XDG_CACHE_HOME: env['XDG_CACHE_HOME'] ?? temporaryFolder(),
  };
}

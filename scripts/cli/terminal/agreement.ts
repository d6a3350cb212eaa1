/** Shows the publishing plan and asks whether to go on. */
import type { Readable, Writable } from 'node:stream';
import type { RunConfig } from '#scripts/run/config.js';
import { CulpritError } from '#scripts/run/errors.js';
import { printable } from './format.js';

interface AgreementPorts {
  /** Where the answer is typed; undefined without a terminal. */
  readonly keyboard: Readable | undefined;
  /** Where the plan is shown. */
  readonly forPeople: { write(text: string): unknown };
  /** Where the question is printed, apart from what scripts read. */
  readonly question: Writable;
}

type Agree = (plan: readonly string[]) => Promise<boolean>;

/**
 * The function that asks for agreement in this run. Throws a `CulpritError` of kind `usage` at once if a question is
 * needed and there is no terminal, so that no time is lost.
 */
export function agreement(
  { publish, verbosity }: Pick<RunConfig, 'publish' | 'verbosity'>,
  ports: AgreementPorts,
): Agree {
  if (publish === undefined) return () => Promise.resolve(false);
  return agreementFor(
    'To be published:',
    'Publish this report?',
    { ...publish, isQuiet: verbosity === 'quiet' },
    ports,
  );
}

/**
 * @param title printed above the plan
 * @param message the question; the default answer is no
 */
export function agreementFor(
  title: string,
  message: string,
  { yes, dryRun, isQuiet }: { readonly yes: boolean; readonly dryRun: boolean; readonly isQuiet: boolean },
  { keyboard, forPeople, question }: AgreementPorts,
): Agree {
  if (!yes && !dryRun && keyboard === undefined) {
    throw new CulpritError(
      'usage',
      'Changes to a bucket need confirmation, which is not possible in a pipe. Add --yes to confirm, or --dry-run to see what would change.',
    );
  }
  return async (plan) => {
    if (!isQuiet || !yes) forPeople.write(`${['', title, ...plan.map(printable)].join('\n')}\n`);
    if (dryRun) {
      forPeople.write('Nothing was changed (--dry-run).\n');
      return false;
    }
    if (yes) return true;
    const { confirm } = await import('@clack/prompts');
    const said = await confirm({
      message,
      initialValue: false,
      output: question,
      ...(keyboard && { input: keyboard }),
    });
    if (said === true) return true;
    forPeople.write('Nothing was changed.\n');
    return false;
  };
}

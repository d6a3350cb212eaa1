/** Why a call did nothing. */
import { isDenied } from '#shared/query/meaning.js';
import type { ReadEvent } from './event-log.js';

/**
 * - `denied`: the caller may not
 * - `dryRun`: the caller only asked whether they may
 * - `protected`: the resource is guarded against it
 * - `failed`: anything else
 */
export type Failure = 'denied' | 'dryRun' | 'protected' | 'failed';

const DENIED =
  /AccessDenied|Unauthorized|NotAuthorized|Forbidden|Authentication|InvalidClientToken|SignatureDoesNotMatch/i;
const DRY_RUN = /DryRun/i;
const PROTECTED = /OperationNotPermitted|DeletionProtection|TerminationProtection|ObjectLocked/i;
const PROTECTION = /disableApiTermination|disableApiStop|termination protection|deletion protection|DeletionProtection/;

/** Why the call did nothing; undefined where it did something, or read. */
export function failureOf(event: ReadEvent): Failure | undefined {
  const { outcome, errorCode, errorMessage, eventSource, eventName } = event;
  if (outcome !== 'error') return undefined;
  if (DRY_RUN.test(errorCode)) return 'dryRun';
  if (
    isDenied(errorCode, eventSource, eventName) ||
    DENIED.test(errorCode) ||
    (errorCode === '' && DENIED.test(errorMessage))
  )
    return 'denied';
  return PROTECTED.test(errorCode) || PROTECTION.test(errorMessage) ? 'protected' : 'failed';
}

/** Whether an event read, changed or failed. */
import type { Outcome } from '#shared/model/columns.js';

/** Verbs of calls that only read, for records that do not say (`readOnly` came with record version 1.01). */
const READING_VERB =
  /^(?:Describe|Get|List|Head|Lookup|BatchGet|BatchDescribe|BatchCheck|Search|Query|Scan|Select|View|Check|Estimate|Validate|Simulate|Preview|Filter|Test|Verify)(?![a-z])/;

/** `readOnly` as the record has it ('true', 'false', or '' where absent), else by the verb of the event's name. */
export function isReadOnly(readOnly: string, eventName: string): boolean {
  return readOnly === '' ? READING_VERB.test(eventName) : readOnly.toLowerCase() === 'true';
}

/** A failed sign-in has an errorMessage but no errorCode, so either makes an error. */
export function outcomeOf(failed: boolean, readOnly: boolean): Outcome {
  if (failed) return 'error';
  return readOnly ? 'read' : 'change';
}

/** Determines whether an event was a read, a change or an error. */
import type { Outcome } from '#shared/model/columns.js';

/** Verbs of read calls, for records without `readOnly`, which came with record version 1.01. */
const READING_VERB =
  /^(?:Describe|Get|List|Head|Lookup|BatchGet|BatchDescribe|BatchCheck|Search|Query|Scan|Select|View|Check|Estimate|Validate|Simulate|Preview|Filter|Test|Verify)(?![a-z])/;

/** By `readOnly` as in the record ('true', 'false', or '' if absent), else by the verb of the event's name. */
export function isReadOnly(readOnly: string, eventName: string): boolean {
  return readOnly === '' ? READING_VERB.test(eventName) : readOnly.toLowerCase() === 'true';
}

/**
 * Keys that report an error in a response or in a service's own event: "some AWS services provide this information as
 * part of responseElements" (CloudTrail user guide, "CloudTrail record contents", errorMessage).
 */
const ERROR_KEY = /^(?:error|exception)(?:code|message|type|name)?$/i;

/** Keys in an error that is an object: {"error":{"code":"…","message":"…"}}. */
const ERROR_DETAIL = /^(?:code|message|type)$/i;

/** Keys of the result in a service's own event: {"status":"FAILED"}. */
const RESULT_KEY = /^(?:status|state|result|outcome|eventStatus|jobStatus)$/i;

/** What a key means for the detection of failures; bits. */
export const FailureKey = { Error: 1, Detail: 2, Return: 4 } as const;

/** Keys of a response that the call had no effect: {"_return":false} in EC2's older calls. */
const RETURN_KEY = /^(?:_?return|success)$/;

/** Values of error keys that mean that there is no error. */
const NO_ERROR = /^(?:none|null|success|ok|0)$/i;

/** The {@link FailureKey} bits of a key. */
export function failureKeyOf(key: string): number {
  return (
    (ERROR_KEY.test(key) ? FailureKey.Error : 0) |
    (ERROR_DETAIL.test(key) ? FailureKey.Detail : 0) |
    (RETURN_KEY.test(key) ? FailureKey.Return : 0)
  );
}

/** Whether the value of an error key is an error. */
export function isErrorValue(value: string): boolean {
  return !NO_ERROR.test(value);
}

/** Whether a value says that the operation named by its key failed, as in {"ConsoleLogin":"Failure"}. */
export function isFailureWord(word: string): boolean {
  return /^fail(?:ure|ed)$/i.test(word);
}

/**
 * Whether an event failed according to its response or its service details.
 * @param step the key of the value “Failure”; '' if an error was reported
 * @param isByService whether a service's own event says so, rather than the response to a call, in which a status is
 * that of a resource
 */
export function isFailedStep(step: string, eventName: string, isByService: boolean): boolean {
  return step === '' || step.toLowerCase() === eventName.toLowerCase() || (isByService && RESULT_KEY.test(step));
}

/** @param failed whether the record reports a failure: by errorCode, errorMessage or a failed step */
export function outcomeOf(failed: boolean, readOnly: boolean): Outcome {
  if (failed) return 'error';
  return readOnly ? 'read' : 'change';
}

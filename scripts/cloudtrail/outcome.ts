/** Whether an event read, changed or failed. */
import type { Outcome } from '#shared/model/columns.js';

/** Verbs of calls that only read, for records that do not say (`readOnly` came with record version 1.01). */
const READING_VERB =
  /^(?:Describe|Get|List|Head|Lookup|BatchGet|BatchDescribe|BatchCheck|Search|Query|Scan|Select|View|Check|Estimate|Validate|Simulate|Preview|Filter|Test|Verify)(?![a-z])/;

/** `readOnly` as the record has it ('true', 'false', or '' where absent), else by the verb of the event's name. */
export function isReadOnly(readOnly: string, eventName: string): boolean {
  return readOnly === '' ? READING_VERB.test(eventName) : readOnly.toLowerCase() === 'true';
}

/**
 * Keys under which a response, or what a service says of its own doing, tells of an error: "some AWS services provide
 * this information as part of responseElements" (CloudTrail user guide, "CloudTrail record contents", errorMessage).
 */
const ERROR_KEY = /^(?:error|exception)(?:code|message|type|name)?$/i;

/** What stands in an error that is an object: {"error":{"code":"…","message":"…"}}. */
const ERROR_DETAIL = /^(?:code|message|type)$/i;

/** Keys of the result of what a service did by itself: {"status":"FAILED"}. */
const RESULT_KEY = /^(?:status|state|result|outcome|eventStatus|jobStatus)$/i;

/** What a key means to whoever looks for failures; bits. */
export const FailureKey = { Error: 1, Detail: 2, Return: 4 } as const;

/** How a call answers that it did nothing: {"_return":false} of EC2's older calls. */
const RETURN_KEY = /^(?:_?return|success)$/;

/** Values under a key of an error that are none. */
const NO_ERROR = /^(?:none|null|success|ok|0)$/i;

/** Which of {@link FailureKey} a key is, as bits. */
export function failureKeyOf(key: string): number {
  return (
    (ERROR_KEY.test(key) ? FailureKey.Error : 0) |
    (ERROR_DETAIL.test(key) ? FailureKey.Detail : 0) |
    (RETURN_KEY.test(key) ? FailureKey.Return : 0)
  );
}

/** Whether the value of a key of an error is one. */
export function isErrorValue(value: string): boolean {
  return !NO_ERROR.test(value);
}

/** Whether a value says that what its key names has failed, as in {"ConsoleLogin":"Failure"}. */
export function isFailureWord(word: string): boolean {
  return /^fail(?:ure|ed)$/i.test(word);
}

/**
 * Whether an event failed because of what its response or its service details say.
 * @param step the key under which they say “Failure”; '' where they hold an error
 * @param isByService whether the service says so of its own doing, rather than in answer to a call: the status in an
 * answer is that of a resource
 */
export function isFailedStep(step: string, eventName: string, isByService: boolean): boolean {
  return step === '' || step.toLowerCase() === eventName.toLowerCase() || (isByService && RESULT_KEY.test(step));
}

/** @param failed whether the record says so: by errorCode, errorMessage or a failed step */
export function outcomeOf(failed: boolean, readOnly: boolean): Outcome {
  if (failed) return 'error';
  return readOnly ? 'read' : 'change';
}

/**
 * The error for a part of a report that is not as it was sealed. Separate from the cipher, because every page needs it.
 */

/** The beginning of the message, which identifies the error where only the message arrives. */
export const TAMPERED = 'Tampered: ';

/** A part that was changed, or was sealed with another key. */
export class Tampered extends Error {
  constructor(part: string | number) {
    super(`${TAMPERED}part ${String(part)} of the report does not open`);
  }
}

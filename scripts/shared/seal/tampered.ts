/** What is thrown where a part of a report is not as it was sealed. Apart from the cipher, because every page knows it. */

/** With which the message begins, by which the error is known where only that comes through. */
export const TAMPERED = 'Tampered: ';

/** A part that was changed, or was sealed with another key. */
export class Tampered extends Error {
  constructor(part: string | number) {
    super(`${TAMPERED}part ${String(part)} of the report does not open`);
  }
}

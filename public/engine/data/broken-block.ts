/** A block of the page that is not there, or not as it was written; the page puts it into words. */
export class BrokenBlock extends Error {
  constructor(
    readonly block: number,
    readonly fault: 'missing' | 'damaged',
  ) {
    super(`block ${String(block)} is ${fault}`);
  }
}

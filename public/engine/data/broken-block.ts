/** A block of the page that is missing or damaged; the page shows a message. */
export class BrokenBlock extends Error {
  constructor(
    readonly block: number,
    readonly fault: 'missing' | 'damaged',
  ) {
    super(`block ${String(block)} is ${fault}`);
  }
}

/** Takes blocks from the document, also while it is still loading. */
import { BLOCK_ELEMENT_PREFIX } from '#shared/format/report-format.js';
import { BrokenBlock } from './broken-block.js';

/** How often to check a document that is still loading, in milliseconds. */
const LOOK_AGAIN = 15;

export class BlockSource {
  constructor(private readonly document: Document) {}

  /** The Base64 of a block, after it has loaded. Removes its element, so that the text is not in memory twice. */
  async take(block: number): Promise<string> {
    while (!this.isWhole(block)) await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
    const element = this.document.getElementById(BLOCK_ELEMENT_PREFIX + String(block));
    if (!element) throw new BrokenBlock(block, 'missing');
    const base64 = element.textContent;
    element.remove();
    return base64;
  }

  /** An element is complete when another one follows it. */
  private isWhole(block: number): boolean {
    if (this.document.readyState !== 'loading') return true;
    const element = this.document.getElementById(BLOCK_ELEMENT_PREFIX + String(block));
    return (element?.nextElementSibling ?? null) !== null;
  }
}

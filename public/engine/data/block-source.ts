/** The blocks in the document. They may be asked for while the document is still being read. */
import { BLOCK_ELEMENT_PREFIX } from '#shared/format/report-format.js';
import { BrokenBlock } from './broken-block.js';

/** How often a document that is still being read is looked at, in milliseconds. */
const LOOK_AGAIN = 15;

export class BlockSource {
  constructor(private readonly document: Document) {}

  /** A block's base64, once it has been read; its element goes, so that the text is not kept twice. */
  async take(block: number): Promise<string> {
    while (!this.isWhole(block)) await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
    const element = this.document.getElementById(BLOCK_ELEMENT_PREFIX + String(block));
    if (!element) throw new BrokenBlock(block, 'missing');
    const base64 = element.textContent;
    element.remove();
    return base64;
  }

  /** An element is whole when another follows it. */
  private isWhole(block: number): boolean {
    if (this.document.readyState !== 'loading') return true;
    const element = this.document.getElementById(BLOCK_ELEMENT_PREFIX + String(block));
    return (element?.nextElementSibling ?? null) !== null;
  }
}

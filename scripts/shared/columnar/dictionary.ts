/** The distinct values of a column whose values are single texts. */
import type { StringTable } from '../format/string-table.js';
import { CasedTexts, lowerTexts, type LoweredTexts } from './cased-texts.js';
import { textOrder } from './text-order.js';
import type { Values } from './values.js';

export class Dictionary implements Values {
  readonly texts: CasedTexts;
  private order: Uint32Array | undefined;
  private ordering: ReturnType<typeof textOrder> | undefined;

  /** @param lowered the values, with the empty one at 0 */
  constructor(lowered: LoweredTexts) {
    this.texts = new CasedTexts(lowered, 0);
  }

  /** The dictionary for a table, whose arrays belong to the dictionary afterwards. */
  static of({ bytes, ends }: StringTable): Dictionary {
    return new Dictionary(lowerTexts(bytes as Uint8Array<ArrayBuffer>, ends as Uint32Array<ArrayBuffer>));
  }

  get size(): number {
    return this.texts.length;
  }

  value(code: number): string {
    return this.texts.at(code);
  }

  lower(code: number): string {
    return this.texts.lowerAt(code);
  }

  forEachWith(text: string, visit: (code: number) => void): void {
    if (text === '') {
      for (let code = 0; code < this.size; code++) visit(code);
      return;
    }
    const { lower: all, ends } = this.texts;
    let code = 0;
    let at = all.indexOf(text);
    while (at >= 0) {
      while ((ends[code] as number) <= at) code++;
      const end = ends[code] as number;
      // A match that extends into the next value does not count.
      if (at + text.length <= end) {
        visit(code);
        at = all.indexOf(text, end);
      } else {
        at = all.indexOf(text, at + 1);
      }
    }
  }

  ranks(): Uint32Array {
    while (!this.order) this.rankStep();
    return this.order;
  }

  rankStep(): boolean {
    if (this.order) return true;
    this.ordering ??= textOrder(this.texts.table(), 1);
    const { value: codes } = this.ordering.next();
    if (!codes) return false;
    const ranks = new Uint32Array(this.size);
    for (let rank = 0; rank < codes.length; rank++) ranks[codes[rank] as number] = rank;
    ranks[0] = this.size - 1;
    this.order = ranks;
    this.ordering = undefined;
    return true;
  }
}

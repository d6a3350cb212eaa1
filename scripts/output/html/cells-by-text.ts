/** The last cell of each text of the store, so that a repeated text is recognized without reading it. */
export class CellsByText {
  /** A text's number plus one, and its cell, side by side. Texts are numbered here, so nobody can craft collisions. */
  private slots = new Uint32Array(0);
  /** Shifts a product's highest bits down to a slot number. */
  private shift = 32;

  /** Clears the table and makes room for `texts` texts. */
  begin(texts: number): void {
    const bits = Math.ceil(Math.log2(texts * 2 + 2));
    if (this.slots.length < 2 << bits) {
      this.slots = new Uint32Array(2 << bits);
      this.shift = 32 - bits;
    } else this.slots.fill(0);
  }

  /** The text's cell, or -1. */
  get(text: number): number {
    const at = this.slotOf(text);
    return this.slots[at] === 0 ? -1 : (this.slots[at + 1] as number);
  }

  set(text: number, cell: number): void {
    const at = this.slotOf(text);
    this.slots[at] = text + 1;
    this.slots[at + 1] = cell;
  }

  private slotOf(text: number): number {
    const { slots } = this;
    const mask = slots.length - 1;
    let at = (Math.imul(text, 0x9e3779b1) >>> this.shift) * 2;
    for (;;) {
      const known = slots[at] as number;
      if (known === 0 || known === text + 1) return at;
      at = (at + 2) & mask;
    }
  }
}

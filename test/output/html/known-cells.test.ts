import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CellsByText } from '#scripts/output/html/cells-by-text.js';
import { ANY_LIST, KnownCells } from '#scripts/output/html/known-cells.js';

const TEXTS = ['"a"', '"bb"', '{"c":1}', '[]'];

function viewOf(text: string): DataView {
  const bytes = new TextEncoder().encode(text);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** A row: its text, its list of resources, and whether its cell, if it is a new one, would fit every row. */
const rows = fc.array(fc.tuple(fc.nat(TEXTS.length - 1), fc.nat(4), fc.boolean()), { maxLength: 60 });

test('a row is given an earlier cell of its text that fits its resources, and no other', () => {
  const known = new KnownCells();
  fc.assert(
    fc.property(rows, (given) => {
      known.reset();
      const cells: { text: number; list: number }[] = [];
      for (const [text, list, fitsAll] of given) {
        const view = viewOf(TEXTS[text] as string);
        const expected = cells.findIndex((cell) => cell.text === text && [list, ANY_LIST].includes(cell.list));
        const isElsewhere = cells.some((cell) => cell.text === text);
        expect(known.find(view, 0, view.byteLength, list)).toBe(expected);
        if (expected >= 0) continue;
        expect(known.isElsewhere).toBe(isElsewhere);
        const of = fitsAll && !isElsewhere ? ANY_LIST : list;
        known.add(view, 0, view.byteLength, of);
        cells.push({ text, list: of });
        expect(known.fits(cells.length - 1, list)).toBe(true);
      }
    }),
  );
});

test('many cells of one text are each found by their resources', () => {
  const known = new KnownCells();
  const view = viewOf('"the same"');
  for (let list = 0; list < 3000; list++) {
    expect(known.find(view, 0, view.byteLength, list)).toBe(-1);
    known.add(view, 0, view.byteLength, list);
  }
  for (let list = 0; list < 3000; list++) expect(known.find(view, 0, view.byteLength, list)).toBe(list);
});

test('a text has the cell that it was given last, until all is forgotten', () => {
  const cellOf = new CellsByText();
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(0x7ffffffe), fc.nat(50))), (pairs) => {
      const expected = new Map<number, number>();
      cellOf.begin(pairs.length);
      for (const [text, cell] of pairs) {
        expect(cellOf.get(text)).toBe(expected.get(text) ?? -1);
        cellOf.set(text, cell);
        expected.set(text, cell);
      }
      for (const [text, cell] of expected) expect(cellOf.get(text)).toBe(cell);
    }),
  );
});

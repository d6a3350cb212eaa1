import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteWriter } from '#shared/format/bytes.js';
import { stringTableOf } from '#shared/format/string-table.js';
import { cellOf, isPlain, writeJson, writeText } from '#shared/format/tsv-cell.js';
import { EventTimeWriter } from '#shared/format/event-time-writer.js';
import { compactJson } from '../../support/json-values.js';
import { cellText } from '../../support/tsv-rows.js';

const encoder = new TextEncoder();

type Write = (out: ByteWriter, bytes: Uint8Array, start: number, end: number, guard: boolean) => void;

const asJson: Write = (out, bytes, start, end, guard) => writeJson(out, new DataView(bytes.buffer), start, end, guard);

function written(write: Write, text: string, guard: boolean): string {
  // Within other bytes, as in a dictionary.
  const bytes = encoder.encode(`\t${text}=`);
  const out = new ByteWriter(1);
  write(out, bytes, 1, bytes.length - 1, guard);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(out.written());
}

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('\t', '\n', '\r', '\\', 't', 'n', '=', '"', '\u0085', 'é') }),
);

describe.each([true, false])('with a guard: %s', (guard) => {
  test('a cell of text never ends its line or itself, and gives its text back', () => {
    fc.assert(
      fc.property(text, (value) => {
        fc.pre(!value.startsWith("'"));
        const cell = written(writeText, value, guard);
        expect(cell).not.toMatch(/[\t\r\n]/);
        expect(cellText(cell)).toBe(value);
      }),
      { numRuns: 500 },
    );
  });

  test('a cell of JSON is the JSON', () => {
    fc.assert(
      fc.property(compactJson, (value) => {
        const cell = written(asJson, value, guard);
        expect(cell).not.toMatch(/[\t\r\n]/);
        expect(cell.replace(/^'/, '')).toBe(value);
      }),
    );
  });
});

test('with a guard no cell begins with what a spreadsheet takes for a formula', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('=', '+', '-', '@', '"', '\t', '\r', '\n', '\0', '\u001f', '\u007f', '\u0080', '\u009f'),
      text,
      (first, rest) => {
        expect(written(writeText, first + rest, true)).toMatch(/^'/);
        expect(written(writeText, first + rest, false)).not.toMatch(/^'/);
      },
    ),
  );
});

test.each(['=', '+', '-', '@', '\uff1d', '\uff0b', '\uff0d', '\uff20', '"', '\u0007'])(
  'with a guard no cell begins with blanks, or with what is not seen, and then %j',
  (sign) => {
    const unseen = fc.constantFrom(
      ...' \u00a0\u1680\u2003\u200b\u200e\u2028\u202e\u202f\u2060\u3000\ufeff\u00ad\u034f\u061c\u180e\u2800\u3164\ufe0f'.split(
        '',
      ),
      '\u{e0020}',
    );
    fc.assert(
      fc.property(fc.array(unseen, { maxLength: 40 }), text, (blanks, rest) => {
        const value = blanks.join('') + sign + rest;
        for (const write of [writeText, asJson]) expect(written(write, value, true)).toMatch(/^'/);
        expect(cellOf(value)).toMatch(/^'/);
        expect(isPlain(stringTableOf([value]), true)).toBe(false);
        expect(written(writeText, value, false)).not.toMatch(/^'/);
      }),
    );
  },
);

test('blanks and signs that are not seen need no guard before a letter', () => {
  for (const value of [' a=1', '\ufeffa', '\u3000東京', '（=1）', 'é=1', '−1', ' '])
    expect(written(writeText, value, true)).toBe(value);
});

test('a cell that is copied by itself is the cell of events.tsv', () => {
  fc.assert(
    fc.property(text, (value) => {
      expect(cellOf(value)).toBe(written(writeText, value, true));
    }),
  );
});

test.each(["'", 'a=b', '¡', 'é', '\\', '\u00a0'])('%j needs no guard', (value) => {
  expect(cellText(written(writeText, `x${value}`, true))).toBe(`x${value}`);
  expect(written(writeText, value, true)).toBe(written(writeText, value, false));
});

test('an empty cell stays empty', () => {
  expect(written(writeText, '', true)).toBe('');
  expect(written(asJson, '', true)).toBe('');
});

test('times are written in any order, with milliseconds only where there are some', () => {
  const writer = new EventTimeWriter();
  fc.assert(
    fc.property(
      fc.array(fc.nat(2 ** 32 - 1).chain((second) => fc.constantFrom(second * 1000, second * 1000 + 7))),
      (times) => {
        for (const time of times) {
          const out = new ByteWriter();
          writer.write(out, time);
          expect(new TextDecoder().decode(out.written())).toBe(new Date(time).toISOString().replace('.000Z', 'Z'));
        }
      },
    ),
  );
});

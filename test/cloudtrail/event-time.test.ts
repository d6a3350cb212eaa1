import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventTimeReader, formatEventTime, parseEventTime } from '#scripts/cloudtrail/event-time.js';

function read(reader: EventTimeReader, text: string): number {
  const bytes = new TextEncoder().encode(`"${text}"`);
  return reader.read(bytes, 1, bytes.length - 1);
}

test('every second from 1970 to 2106 is read and written', () => {
  const reader = new EventTimeReader();
  fc.assert(
    fc.property(fc.nat(2 ** 32 - 1), (second) => {
      const text = new Date(second * 1000).toISOString().replace('.000Z', 'Z');
      expect(read(reader, text)).toBe(second * 1000);
      expect(parseEventTime(text)).toBe(second * 1000);
      expect(formatEventTime(second * 1000)).toBe(text);
    }),
  );
});

test('the reader takes the one usual form only, whatever it read before', () => {
  const reader = new EventTimeReader();
  const others = [
    '',
    '2024-05-01T10:00:00',
    '2024-05-01T10:00:00.0Z',
    '2024-05-01 10:00:00Z',
    '2024-05-01T10:00:00z',
    '2024-05-01T24:00:00Z',
    '2024-05-01T10:60:00Z',
    '2024-05-01T10:00:60Z',
    '2024-02-30T10:00:00Z',
    '2023-02-29T10:00:00Z',
    '2024-13-01T10:00:00Z',
    '2024-05-01T1a:00:00Z',
    '20240-5-01T10:00:0Z',
    '20x4-05-01T10:00:00Z',
  ];
  for (const text of others) {
    expect({ text, time: read(reader, text) }).toEqual({ text, time: NaN });
    expect(read(reader, '2024-05-01T10:00:00Z')).toBe(Date.UTC(2024, 4, 1, 10));
  }
});

test.each([
  ['2024-05-01T10:00:00.250Z', Date.UTC(2024, 4, 1, 10, 0, 0, 250)],
  ['2024-05-01T12:00:00+02:00', Date.UTC(2024, 4, 1, 10)],
  ['2024-05-01T12:00:00+0200', Date.UTC(2024, 4, 1, 10)],
  ['2024-05-01T10:00:00', Date.UTC(2024, 4, 1, 10)],
  ['2024-05-01 10:00:00', Date.UTC(2024, 4, 1, 10)],
  ['2024-05-01T10:00', Date.UTC(2024, 4, 1, 10)],
  ['20240501T100000Z', Date.UTC(2024, 4, 1, 10)],
])('%s is a time', (text, time) => {
  expect(parseEventTime(text)).toBe(time);
});

test.each([
  '',
  'yesterday',
  '1714557600',
  '2024-05-01',
  '2024-02-30T10:00:00Z',
  '2024-02-30T10:00:00+01:00',
  '20240230T100000Z',
  '2024-05-01T10:00:60Z',
  '2024-05-01T10:00:00 Z',
  'Wed, 01 May 2024 10:00:00 GMT',
])('%j is none', (text) => {
  expect(parseEventTime(text)).toBeNaN();
});

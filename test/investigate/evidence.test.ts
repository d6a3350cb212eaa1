/** The texts of attribution can be read back: what the page draws is what was found. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkOfEvent, parseEvidence, printEvidence } from '#scripts/investigate/people/evidence.js';
import { parseHow, printHow } from '#shared/model/how-known.js';
import { BEGIN } from '../support/people/world.js';

const JOIN = fc.constantFrom('issued key', 'shared event ID', 'Identity Center', 'sign-in token' as const);
const CONFIDENCE = fc.constantFrom('certain', 'likely' as const);
const TIME = fc.nat(10_000_000).map((seconds) => BEGIN + seconds * 1000);
/** Hostile, too: nobody checks what a log has for an ID, an address or a program. */
const ANY = fc.oneof(
  fc.string({ minLength: 1, unit: 'grapheme' }),
  fc.constantFrom('; used a b c d', 'x, likely', ')', '-', '%2C', 'a b;c,d'),
);
const LINK = fc.tuple(TIME, ANY).map(([time, id]) => linkOfEvent(time, id));
const PROOF = fc.record({ join: JOIN, confidence: CONFIDENCE, event: fc.oneof(fc.constant(''), LINK) });
const ITEM = fc.record({ proof: fc.option(PROOF, { nil: undefined }), isNamed: fc.constant(true) });
const USE = fc.record({ address: ANY, program: ANY, event: LINK, last: TIME });

describe('evidence', () => {
  test('is read as it was written, whatever a log has in its place', () => {
    fc.assert(
      fc.property(fc.array(ITEM), fc.array(USE, { maxLength: 2 }), (items, uses) => {
        const isTelling = items.some(({ proof }) => proof);
        expect(parseEvidence(printEvidence({ items, uses }))).toEqual({ items: isTelling ? items : [], uses });
      }),
    );
  });

  test('leaves out what the column of the join says already', () => {
    const proof = { join: 'own credentials', confidence: 'certain', event: '' } as const;
    expect(printEvidence({ items: [{ proof, isNamed: false }], uses: [] })).toBe('');
    const signIn = { ...proof, event: '2025-03-03T00:00:00Z/0123abcd' };
    expect(printEvidence({ items: [{ proof: signIn, isNamed: false }], uses: [] })).toBe(
      '(own credentials, certain, 2025-03-03T00:00:00Z/0123abcd)',
    );
  });
});

describe('how somebody is known', () => {
  const used = {
    address: '198.51.100.7',
    program: 'aws-cli',
    first: '2025-03-03T00:00:00Z',
    last: '2025-03-03T00:10:00Z',
  };
  test.each([
    { known: { join: 'issued key', confidence: 'certain' } },
    { known: { join: 'sign-in token', confidence: 'likely' }, elsewhere: [used, { ...used, last: used.first }] },
    { unknown: { why: 'other account', account: '111122223333', candidates: [] } },
    { unknown: { why: 'before these logs', account: '', candidates: [] } },
    { unknown: { why: 'ambiguous', account: '', candidates: ['dana or erin (111122223333) or others'] } },
  ] as const)('%o is read as it was written', (how) => {
    expect(parseHow(printHow(how))).toEqual(how);
  });

  test('a text that is none of these is not taken for one', () => {
    for (const cell of ['', 'dana', 'unknown', 'unknown: something else', 'issued key, perhaps'])
      expect(parseHow(cell)).toBeUndefined();
  });
});

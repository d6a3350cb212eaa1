/** Calls and what is different since, with their near misses. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Call } from '#scripts/investigate/effects/effect.js';
import { effectsOf } from '#scripts/investigate/effects/effects-of.js';
import { CALLS, NEAR_MISSES, OWN } from './calls.js';

function call([service, eventName]: readonly [string, string], fields: Partial<Call> = {}): Call {
  return {
    eventSource: `${service}.amazonaws.com`,
    eventName,
    account: OWN,
    outcome: 'change',
    targets: [],
    who: { type: 'IAMUser' },
    request: undefined,
    response: undefined,
    additional: undefined,
    ...fields,
  };
}

describe('a call', () => {
  test.each(CALLS)('%s %s: %s', (service, name, _, fields, expected) => {
    expect(effectsOf(call([service, name], fields))).toEqual(expected);
  });

  test.each(CALLS)('%s %s that failed has no effect: %s', (service, name, _, fields) => {
    expect(effectsOf(call([service, name], { ...fields, outcome: 'error' }))).toEqual([]);
  });

  test.each(NEAR_MISSES)('%s %s does nothing of it: %s', (service, name, _, fields) => {
    expect(effectsOf(call([service, name], fields))).toEqual([]);
  });

  test('with any parameters at all is read without an error', () => {
    const names = [...CALLS, ...NEAR_MISSES].map(([service, name]) => [service, name] as const);
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue(), fc.jsonValue(), (name, request, response) => {
        expect(Array.isArray(effectsOf(call(name, { request, response, additional: request })))).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

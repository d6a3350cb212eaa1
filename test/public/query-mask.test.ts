/** What terms about failures find: whatever they are written as, they divide the events in the same way. */
import { describe, expect, test } from 'vitest';
import type { CodedColumn } from '#shared/columnar/event-columns.js';
import { Dictionary } from '#shared/columnar/dictionary.js';
import type { Report } from '#public/engine/data/report.js';
import type { DetailSearches } from '#public/engine/filter/detail-hits.js';
import { QueryMasks } from '#public/engine/filter/query-mask.js';
import { presetsFor } from '#public/search/presets.js';
import { SlowPattern } from '#shared/query/regex/matcher.js';
import { parseQuery } from '#shared/query/parse.js';
import { printQuery } from '#shared/query/print.js';
import { stringTableOf } from '#shared/format/string-table.js';

const NAMES = ['eventSource', 'eventName', 'outcome', 'errorCode'] as const;

const EVENTS = [
  ['signin.amazonaws.com', 'ConsoleLogin', 'error', ''],
  ['signin.amazonaws.com', 'ConsoleLogin', 'change', ''],
  ['signin.amazonaws.com', 'CredentialVerification', 'error', ''],
  ['signin.amazonaws.com', 'SomeNewStep', 'error', ''],
  ['sso.amazonaws.com', 'Federate', 'error', ''],
  ['signin.amazonaws.com', 'SwitchRole', 'error', 'InternalFailure'],
  ['ec2.amazonaws.com', 'TerminateInstances', 'error', 'Client.UnauthorizedOperation'],
  ['ec2.amazonaws.com', 'TerminateInstances', 'error', 'Client.InvalidInstanceID.NotFound'],
  ['ec2.amazonaws.com', 'DeleteVpnConnectionRoute', 'error', ''],
  ['ec2.amazonaws.com', 'DescribeInstances', 'read', ''],
  ['sts.amazonaws.com', 'AssumeRoleWithSAML', 'error', 'AccessDenied'],
] as const;

function found(text: string, events: readonly (readonly string[])[] = EVENTS): number[] {
  const columns = new Map<string, CodedColumn>();
  NAMES.forEach((name, column) => {
    const values = ['', ...new Set(events.map((event) => event[column] as string).filter((value) => value !== ''))];
    const keys = Uint32Array.from(events, (event) => values.indexOf(event[column] as string));
    const dictionary = Dictionary.of(stringTableOf(values));
    columns.set(name, { name, keys, keyCount: values.length, codeOfKey: undefined, dictionary });
  });
  const report = { columns, manifest: { detail: { columns: [], shortened: {} } } } as unknown as Report;
  const searches = { run: () => undefined } as unknown as DetailSearches;
  const parsed = parseQuery(text);
  if ('fault' in parsed) throw new Error(parsed.fault.code);
  const masks = new QueryMasks(report, new Float64Array(events.length), searches).masks(parsed.query);
  return [...events.keys()].filter((row) => masks.every((mask) => mask.has(row)));
}

function asked(name: string): number[] {
  const preset = presetsFor(undefined).find((one) => one.name === name);
  return found(printQuery(preset?.clauses ?? []));
}

describe('a term about failures', () => {
  test('error:* and outcome:error are the same, with or without a code', () => {
    expect(found('error:*')).toEqual([0, 2, 3, 4, 5, 6, 7, 8, 10]);
    expect(found('error:*')).toEqual(found('outcome:error'));
    expect(found('-error:*')).toEqual(found('-outcome:error'));
    expect(found('-error:*')).toEqual(found('outcome:change|outcome:read'));
  });

  test('a failure is either denied or failed', () => {
    expect(found('outcome:denied')).toEqual([0, 2, 3, 4, 6, 10]);
    expect(found('outcome:failed')).toEqual([5, 7, 8]);
  });

  test('a value, and a quoted asterisk, are those of the column', () => {
    expect(found('error:AccessDenied')).toEqual([10]);
    expect(found('error:"*"')).toEqual([]);
  });

  test('the presets find every step of signing in, and every one that was refused', () => {
    expect(asked('sign-ins')).toEqual([0, 1, 2, 3, 4, 5, 10]);
    expect(asked('denied')).toEqual(found('outcome:denied'));
  });
});

describe('regular expressions that make new states with nearly every character', () => {
  // One by itself stays below what a query may take.
  const slow = (n: number): string => `event:/(a|b)*a(a|b){${String(n)}}c/`;
  const events = Array.from({ length: 80 }, (_, n) => {
    let seed = n + 1;
    const letters = Array.from({ length: 60 }, () => ((seed = (seed * 48_271) % 2_147_483_647) & 64 ? 'a' : 'b'));
    return ['x.amazonaws.com', letters.join(''), 'read', ''] as const;
  });

  test('share the time of their query, so that a link cannot hold up the page with many of them', () => {
    expect(found(slow(40), events)).toEqual([]);
    const many = Array.from({ length: 50 }, (_, i) => slow(40 + i));
    expect(() => found(many.join(' | '), events)).toThrow(SlowPattern);
    expect(() => found(many.map((one) => `-${one}`).join(' '), events)).toThrow(SlowPattern);
  });
});

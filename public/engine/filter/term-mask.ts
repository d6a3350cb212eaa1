/**
 * Finds the events that match one term. The pattern is tested once per distinct value; events are then looked up by
 * code, so a million of them take milliseconds and nothing is allocated per event.
 */
import { ListDictionary } from '#shared/columnar/list-dictionary.js';
import type { Values } from '#shared/columnar/values.js';
import { firstAtOrAfter, perKey, type CodedColumn } from '#shared/columnar/event-columns.js';
import { isInRange, parseAddress, parseRange, type AddressRange } from '#shared/query/address.js';
import type { FieldNode, RegexNode } from '#shared/query/ast.js';
import { ADDRESS_COLUMN } from '#shared/query/fields.js';
import { literalOf, patternOf, regexPattern, testOf, type Pattern } from '#shared/query/pattern.js';
import type { WorkAccount } from '#shared/query/regex/matcher.js';
import type { RowMask } from './row-mask.js';
import type { TimeSpan } from '#shared/query/time-text.js';

/** The suffix of AWS services in records; users leave it out. */
const SERVICE_SUFFIX = '.amazonaws.com';

/** 1 for each code whose value matches a term on the column; undefined if none does. May throw a SlowPattern. */
export function codesOfTerm(
  { name, dictionary }: CodedColumn,
  node: FieldNode | RegexNode,
  work?: WorkAccount,
): Uint8Array | undefined {
  if (node.kind === 'regex') return matchingCodes(dictionary, regexPattern(node.source), work);
  const range = name === ADDRESS_COLUMN && !node.quoted ? parseRange(node.text) : undefined;
  if (range) return codesInRange(dictionary, range);
  return matchingCodes(dictionary, patternOf(node.text, !node.quoted, true));
}

/**
 * 1 for each code whose value matches; undefined if none does. A list matches if one of its names does. May throw a
 * SlowPattern.
 */
export function matchingCodes(dictionary: Values, pattern: Pattern, work?: WorkAccount): Uint8Array | undefined {
  const flags = new Uint8Array(dictionary.size);
  if (dictionary instanceof ListDictionary && (pattern.wild || pattern.whole)) {
    const names = matchingCodes(dictionary.names, pattern, work);
    if (!names) return undefined;
    dictionary.forEachNaming(names, (code) => (flags[code] = 1));
    flags[0] = names[0] as number;
    return flags;
  }
  const matches = valueTest(pattern, work);
  dictionary.forEachWith(literalOf(pattern), (code) => {
    if (matches && !matches(dictionary.lower(code))) return;
    flags[code] = 1;
  });
  return flags.includes(1) ? flags : undefined;
}

/** The parsed addresses of each value, by dictionary: a query may have hundreds of ranges. */
const ADDRESSES = new WeakMap<Values, readonly (readonly (readonly number[])[])[]>();

function addressesOf(dictionary: Values): readonly (readonly (readonly number[])[])[] {
  let addresses = ADDRESSES.get(dictionary);
  if (!addresses) {
    addresses = Array.from({ length: dictionary.size }, (_, code) =>
      dictionary
        .value(code)
        .split(', ')
        .flatMap((text) => {
          const address = parseAddress(text);
          return address ? [address] : [];
        }),
    );
    ADDRESSES.set(dictionary, addresses);
  }
  return addresses;
}

/**
 * 1 for each code whose value contains an address in the range; undefined if none does. A call through proxies has
 * several addresses, separated by commas.
 */
export function codesInRange(dictionary: Values, range: AddressRange): Uint8Array | undefined {
  const flags = new Uint8Array(dictionary.size);
  addressesOf(dictionary).forEach((addresses, code) => {
    if (addresses.some((address) => isInRange(address, range))) flags[code] = 1;
  });
  return flags.includes(1) ? flags : undefined;
}

/** A test for values that contain the pattern's literal; undefined if none is needed. */
function valueTest(pattern: Pattern, work: WorkAccount | undefined): ((value: string) => boolean) | undefined {
  if (!pattern.whole && !pattern.wild) return undefined;
  // `field:*` matches any value that is not empty.
  if (pattern.wild && !pattern.regex && pattern.text === '*') return (value) => value !== '';
  const test = testOf(pattern, work);
  return (value) => test(value) || (value.endsWith(SERVICE_SUFFIX) && test(value.slice(0, -SERVICE_SUFFIX.length)));
}

/** Marks each event whose value in the column is flagged. */
export function markRows(column: CodedColumn, flagged: Uint8Array, mask: RowMask): void {
  mask.markKeys(column.keys, perKey(column, flagged));
}

/** Marks each event in the range; `times` are ascending. */
export function markSpan(times: Float64Array, { from, to }: TimeSpan, mask: RowMask): void {
  mask.markSpan(firstAtOrAfter(times, from), firstAtOrAfter(times, to));
}

/** Marks each event in this part of its day, UTC. */
export function markTimeOfDay(times: Float64Array, { from, to }: TimeSpan, mask: RowMask): void {
  for (let row = 0; row < times.length; row++) {
    const inDay = (times[row] as number) % 86_400_000;
    if (inDay >= from && inDay < to) mask.mark(row);
  }
}

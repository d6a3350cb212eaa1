/** A detection's field with its modifiers and values → tests. Source: Sigma modifiers appendix, version 2.1. */
import { parseRange } from '#shared/query/address.js';
import { RegexMatcher } from '#shared/query/regex/matcher.js';
import { RegexFault } from '#shared/query/regex/syntax.js';
import { allOf, anyOf, type Expression, type Leaf, RuleFault, type Test } from './expression.js';
import { escapePattern } from './pattern.js';

/** Characters that programs take for a dash before an option. */
const DASHES = ['-', '/', '–', '—', '―'];

const PLACES = ['contains', 'startswith', 'endswith'] as const;
const COMPARISONS = ['lt', 'lte', 'gt', 'gte'] as const;
const KNOWN: ReadonlySet<string> = new Set([
  ...PLACES,
  ...COMPARISONS,
  ...['all', 'base64', 'base64offset', 'cased', 'cidr', 'exists', 'fieldref', 'neq', 're', 'i', 'm', 's'],
  ...['utf16', 'utf16le', 'utf16be', 'wide', 'windash'],
]);

/**
 * What `key: values` of a detection says.
 * @param key a field's path with modifiers, as `requestParameters.name|contains|all`; '' or modifiers only for any field
 */
export function expressionOf(key: string, values: unknown): Expression {
  const [field = '', ...modifiers] = key.split('|');
  const unknown = modifiers.find((modifier) => !KNOWN.has(modifier));
  if (unknown !== undefined) throw new RuleFault(`the modifier "${unknown}" is not known`);
  const has = (modifier: string): boolean => modifiers.includes(modifier);
  const list: readonly unknown[] = Array.isArray(values) ? values : [values];
  if (list.length === 0) throw new RuleFault(`"${key}" has no value`);
  if (has('exists')) return existence(field, list);
  const leaves = list.map((value): Leaf => ({ kind: 'leaf', field, tests: testsOf(value, field, modifiers) }));
  if (has('all')) return allOf(leaves);
  const any: Leaf = { kind: 'leaf', field, tests: leaves.flatMap(({ tests }) => tests) };
  return has('neq') ? { kind: 'not', of: any } : any;
}

function existence(field: string, list: readonly unknown[]): Expression {
  return anyOf(
    list.map((value) => {
      const wanted = typeof value === 'string' ? value.toLowerCase() : String(value);
      if (wanted !== 'true' && wanted !== 'false') throw new RuleFault(`"${field}|exists" is neither true nor false`);
      const leaf: Leaf = { kind: 'leaf', field, tests: [{ op: 'exists' }] };
      return wanted === 'true' ? leaf : { kind: 'not', of: leaf };
    }),
  );
}

function testsOf(value: unknown, field: string, modifiers: readonly string[]): readonly Test[] {
  const has = (modifier: string): boolean => modifiers.includes(modifier);
  if (value === null) return [{ op: 'null' }];
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw new RuleFault(`the value of "${field}" is not a text, a number, true, false or null`);
  }
  const text = String(value);
  const isCased = has('cased');
  if (has('fieldref')) return [{ op: 'field', field: text, by: PLACES.find(has) ?? 'is', isCased }];
  if (has('re')) return [regexOf(text, has)];
  if (has('cidr')) {
    if (parseRange(text) === undefined) throw new RuleFault(`"${text}" is no block of IP addresses`);
    return [{ op: 'cidr', block: text }];
  }
  const by = COMPARISONS.find(has);
  if (by !== undefined) {
    const number = Number(text);
    if (text.trim() === '' || !Number.isFinite(number)) throw new RuleFault(`"${text}" is no number`);
    return [{ op: 'compare', by, number }];
  }
  let patterns = [text];
  // In the order in which they are written: each works on what the one before it gave.
  for (const modifier of modifiers) patterns = patterns.flatMap((pattern) => transformed(pattern, modifier, field));
  return patterns.map((pattern) => ({ op: 'text', pattern: field === '' ? `*${pattern}*` : pattern, isCased }));
}

function transformed(pattern: string, modifier: string, field: string): readonly string[] {
  switch (modifier) {
    case 'contains':
      return [`*${pattern}*`];
    case 'startswith':
      return [`${pattern}*`];
    case 'endswith':
      return [`*${pattern}`];
    case 'windash':
      return withDashes(pattern);
    case 'base64':
      return [escapePattern(btoa(bytesOf(pattern)))];
    case 'base64offset':
      return [0, 1, 2].map((offset) => escapePattern(atOffset(bytesOf(pattern), offset)));
    case 'utf16le':
    case 'wide':
      return [wide(pattern, false)];
    case 'utf16be':
      return [wide(pattern, true)];
    case 'utf16':
      return [`\xff\xfe${wide(pattern, false)}`];
    case 'i':
    case 'm':
    case 's':
      throw new RuleFault(`the modifier "${modifier}" of "${field}" needs "re" before it`);
    default:
      return [pattern];
  }
}

function regexOf(text: string, has: (modifier: string) => boolean): Test {
  if (has('m')) throw new RuleFault('the modifier "m" of "re" is not known');
  const [, flags = '', source = ''] = /^(?:\(\?([is]+)\))?(.*)$/s.exec(text) ?? [];
  const isCased = !has('i') && !flags.includes('i');
  try {
    new RegexMatcher(source);
  } catch (error) {
    if (!(error instanceof RegexFault)) throw error;
    throw new RuleFault(
      `the regular expression "${text}" is not understood; look-around and references are not, because they may take hours`,
    );
  }
  return { op: 'regex', source, isCased };
}

/** Each dash that begins an option, as each of the characters that may stand for it. */
function withDashes(pattern: string): readonly string[] {
  const parts = pattern.split(/(?<!\w)[-/](?=\w)/);
  return [...new Set(DASHES.map((dash) => parts.join(dash)))];
}

/** As bytes, one a character; a character that is part of UTF-16 already stays. */
function bytesOf(pattern: string): string {
  if (/^[\0-\xff]*$/.test(pattern) && pattern.includes('\0')) return pattern;
  return String.fromCharCode(...new TextEncoder().encode(pattern));
}

function wide(pattern: string, isBigEndian: boolean): string {
  return [...Array(pattern.length).keys()]
    .map((i) => {
      const unit = pattern.charCodeAt(i);
      const [low, high] = [String.fromCharCode(unit & 0xff), String.fromCharCode(unit >> 8)];
      return isBigEndian ? high + low : low + high;
    })
    .join('');
}

/** What is the same in base64 whatever stands around the bytes, where `offset` bytes of a group of three are before. */
function atOffset(bytes: string, offset: number): string {
  const encoded = btoa('\0'.repeat(offset) + bytes);
  const from = [0, 2, 3][offset] as number;
  const left = (bytes.length + offset) % 3;
  return encoded.slice(from, encoded.length - ([0, 3, 2][left] as number));
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHash, printHash } from '#public/state/hash.js';
import { LONGEST, START, VIEW_KEYS, ViewStore, type ViewState } from '#public/state/view-state.js';

describe('a view in an address', () => {
  test('is short and can be read', () => {
    const view = { ...START, query: 'who:alice event:Delete*', sort: '-who', zone: 'Asia/Tokyo' };
    expect(printHash(view)).toBe('#v1&q=who:alice+event:Delete*&sort=-who&zone=Asia/Tokyo');
    expect(printHash(START)).toBe('');
  });

  test('is read back as it was, whatever a query holds', () => {
    const line = fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replace(/[\0-\x1f\x7f]/g, ''));
    const view = fc.record(
      Object.fromEntries(VIEW_KEYS.map((key) => [key, line])),
    ) as unknown as fc.Arbitrary<ViewState>;
    fc.assert(
      fc.property(view, (state) => {
        expect(parseHash(printHash(state))).toEqual(state);
      }),
    );
  });

  test('is read whatever else stands there, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(Object.keys(parseHash(`#${text}`))).toEqual(VIEW_KEYS);
        expect(Object.keys(parseHash(`#v1&q=${text}&event=%`))).toEqual(VIEW_KEYS);
      }),
    );
    expect(parseHash('#q=root&__proto__=x&q=other&key=secret')).toEqual({ ...START, query: 'root' });
    expect(parseHash('#q=%E0%A4%A&sort=%')).toMatchObject({ sort: '%' });
    expect(parseHash('#q=a%00b%0Ac').query).toBe('a b c');
  });

  test('of a later version is the view that the page begins with', () => {
    expect(parseHash('#v2&q=root')).toEqual(START);
  });

  test('keeps of a text that is too long as much as shows that it is, and everything beside it', () => {
    for (const key of VIEW_KEYS)
      for (const unit of ['a', '消', '%', ' ']) {
        const others = { ...START, sort: '-who', zone: 'Asia/Tokyo' };
        const long = { ...others, [key]: unit.repeat(20_000) };
        const kept = parseHash(printHash(long));
        expect(kept).toEqual({ ...others, [key]: unit.repeat(LONGEST[key] + 1) });
        expect(printHash(kept)).toBe(printHash(long));
        const longest = { ...others, [key]: unit.repeat(LONGEST[key]) };
        expect(parseHash(printHash(longest))).toEqual(longest);
      }
    expect(parseHash(`#v1&q=${'a'.repeat(3_000_000)}`).query).toHaveLength(LONGEST.query + 1);
    const full = Object.fromEntries(VIEW_KEYS.map((key) => [key, '消'.repeat(20_000)])) as unknown as ViewState;
    expect(parseHash(printHash(full)).language).toHaveLength(LONGEST.language + 1);
  });
});

test('listeners of the view are notified of changes, and of nothing if nothing changed', () => {
  const store = new ViewStore();
  const heard: string[] = [];
  store.subscribe((changed, kind) => heard.push(`${kind}: ${[...changed].join()}`));
  store.set({ query: 'a', sort: '' }, 'typing');
  store.set({ query: 'a' }, 'step');
  store.set({ query: '', event: 'x' }, 'step');
  expect(heard).toEqual(['typing: query', 'step: query,event']);
  expect(store.get()).toEqual({ ...START, event: 'x' });
});

/** The view's state holds the query as it was parsed, once for each text. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { parseQuery } from '#shared/query/parse.js';
import { printQuery } from '#shared/query/print.js';
import { ViewStore } from '#public/state/view-state.js';

vi.mock('#shared/query/parse.js', { spy: true });

beforeEach(() => {
  vi.mocked(parseQuery).mockClear();
});

describe('the query of a view', () => {
  test('is parsed once for each text, however often it is read or something else changes', () => {
    const store = new ViewStore();
    store.set({ query: 'who:alice' }, 'typing');
    const first = store.query;
    store.set({ query: 'who:alice' }, 'step');
    store.set({ sort: 'event', zone: 'UTC' }, 'step');
    expect(store.query).toBe(first);
    expect(parseQuery).toHaveBeenCalledTimes(1);
    store.ask([...first, ...first]);
    expect(parseQuery).toHaveBeenCalledTimes(2);
    expect(printQuery(store.query)).toBe('who:alice who:alice');
    expect(store.get().query).toBe('who:alice who:alice');
  });

  test('stays the last one that could be parsed where the text has a fault, which is told', () => {
    const store = new ViewStore();
    store.set({ query: 'who:alice' }, 'typing');
    store.set({ query: 'who:alice (' }, 'typing');
    expect(printQuery(store.query)).toBe('who:alice');
    expect(store.queryFault).toMatchObject({ at: expect.any(Number) as number });
    store.ask([]);
    expect(store.query).toEqual([]);
    expect(store.queryFault).toBeUndefined();
  });

  test('is parsed before anybody hears of the change', () => {
    const store = new ViewStore();
    const heard: string[] = [];
    store.subscribe((changed) => changed.has('query') && heard.push(printQuery(store.query)));
    store.set({ query: 'event:RunInstances' }, 'step');
    expect(heard).toEqual(['event:RunInstances']);
  });
});

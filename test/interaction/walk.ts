/** A walk through a page: random steps from its first millisecond on, each compared with what the model says. */
import { fieldNameOf } from '#shared/query/fields.js';
import { Random } from '../support/random.js';
import { parseTerms, type EventsModel } from './events-model.js';
import { Comparison, linked, toggled, type Expected } from './expected.js';
import { readState, type Hit, type PageState } from './page-state.js';
import type { Pilot } from './pilot.js';
import { firstLook, nextStep, type Step } from './steps.js';

export interface Walk {
  readonly pilot: Pilot;
  readonly model: EventsModel;
  readonly url: string;
  /** How long a step may take to show what it leads to, in milliseconds. */
  readonly patience: number;
  /** Called with each step before it is done. */
  readonly onStep?: (step: Step, number: number) => void;
}

/** A difference between page and model, and the steps that led to it. */
export class WalkFault extends Error {
  constructor(
    readonly steps: readonly Step[],
    what: string,
  ) {
    super(`after step ${String(steps.length)} (${JSON.stringify(steps[steps.length - 1])}): ${what}`);
  }
}

/**
 * The steps of a seed, the same each time.
 * @param visit so many are done in one window
 */
export function stepsOf(seed: number, count: number, visit: number, model: EventsModel): readonly Step[] {
  const random = new Random(seed);
  const steps: Step[] = [];
  while (steps.length < count) {
    const isFresh = steps.length % visit === 0 || steps.at(-1)?.do === 'reload';
    if (isFresh && random.chance(0.5)) steps.push(...firstLook(random));
    else steps.push(nextStep(random, model));
  }
  return steps.slice(0, count);
}

/** Opens the page and does the steps at once. Throws a {@link WalkFault} where the page shows anything wrong. */
export async function walk(walk: Walk, steps: readonly Step[]): Promise<void> {
  await new Walker(walk).go(steps);
}

/** Fewer steps that show a fault too: pieces are left out, ever smaller ones, as long as `fails` says so. */
export async function shrunk(
  steps: readonly Step[],
  fails: (steps: readonly Step[]) => Promise<boolean>,
): Promise<readonly Step[]> {
  let left = steps;
  for (let piece = Math.ceil(left.length / 2); piece >= 1; piece = piece === 1 ? 0 : Math.ceil(piece / 2)) {
    for (let at = 0; at < left.length;) {
      const fewer = [...left.slice(0, at), ...left.slice(at + piece)];
      if (fewer.length > 0 && (await fails(fewer))) left = fewer;
      else at += piece;
    }
  }
  return left;
}

/** Steps in a burst before the page is compared all the same. */
const LONGEST_BURST = 6;

/**
 * The page writes its view into the address sooner than this, in milliseconds (`public/state/address.ts`). The page's own
 * clock counts: its timers end in turn, however busy it is.
 */
const WRITTEN = 700;

class Walker {
  private readonly comparison: Comparison;
  private readonly expected: Expected = {
    terms: [],
    lastTerms: [],
    sort: '',
    language: undefined,
    zone: undefined,
    open: -1,
    pressed: undefined,
  };
  private burst = 0;
  /** Why the page could not be read last. */
  private unread = '';

  constructor(private readonly walk: Walk) {
    this.comparison = new Comparison(walk.model);
  }

  async go(steps: readonly Step[]): Promise<void> {
    const { pilot, url, onStep } = this.walk;
    await pilot.open(url);
    for (const [i, step] of steps.entries()) {
      onStep?.(step, i);
      try {
        await this.do(step);
        if (pilot.faults.length > 0) throw new Error(pilot.faults.join('\n'));
        this.burst = step.isBurst === true && this.burst < LONGEST_BURST ? this.burst + 1 : 0;
        if (this.burst === 0 || i === steps.length - 1) await this.compare();
      } catch (error) {
        throw new WalkFault(steps.slice(0, i + 1), error instanceof Error ? error.message : String(error));
      }
    }
    // What the last step was answered with, the browser tells after its next picture.
    await this.run('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))');
    if (pilot.faults.length > 0) throw new WalkFault(steps, pilot.faults.join('\n'));
  }

  /** Waits until the page shows what it must; throws where it does not in time. */
  private async compare(): Promise<void> {
    const { pilot, patience } = this.walk;
    const end = Date.now() + patience;
    let fault: string | undefined = '';
    // What is taken from the address must have been written there.
    const { terms, sort, language, zone } = this.expected;
    if ([terms, sort, language, zone].includes(undefined))
      await this.run(`new Promise((done) => setTimeout(done, ${String(WRITTEN)}))`);
    for (;;) {
      const state = await this.state();
      if (!state || state.isReading) await this.stayInReport();
      if (state?.dialog) await pilot.key('Escape');
      fault = !state
        ? `the page cannot be read: ${this.unread}`
        : state.dialog
          ? 'a dialog stays open'
          : this.comparison.fault(state, this.expected);
      if (pilot.faults.length > 0) throw new Error(pilot.faults.join('\n'));
      if (state && fault === undefined) {
        this.accept(state);
        return;
      }
      if (Date.now() > end) throw new Error(fault);
      await pause(40);
    }
  }

  /** What the page shows is right: the next steps go on from it. */
  private accept(state: PageState): void {
    const { expected } = this;
    const terms = parseTerms(state.query);
    expected.lastTerms = terms ?? expected.terms ?? (state.rowCount === this.walk.model.size ? [] : expected.lastTerms);
    expected.terms = expected.lastTerms;
    expected.sort = linked(state.hash, 'sort');
    expected.language = state.language;
    expected.zone = state.zone;
    const [second = '', id = ''] = linked(state.hash, 'event').split('/');
    expected.open = state.detail ? this.walk.model.rowOf(Date.parse(second), id) : -1;
    expected.pressed = undefined;
  }

  private async state(): Promise<PageState | undefined> {
    // A page that is just being read anew has no state.
    return this.walk.pilot.evaluate(readState).catch((error: unknown) => {
      this.unread = String(error);
      return undefined;
    });
  }

  private async do(step: Step): Promise<void> {
    const { pilot } = this.walk;
    const { expected } = this;
    switch (step.do) {
      case 'wheel': {
        await this.moveTo('#grid');
        for (let i = 0; i < step.times; i++) await pilot.wheel(step.by);
        return;
      }
      case 'scroll':
        await this.run(
          `(() => { const g = document.getElementById('grid'); if (g) g.scrollTop = g.scrollHeight * ${step.share}; })()`,
        );
        return;
      case 'scroll-first':
        await this.run(`new Promise((done) => {
          const end = performance.now() + 10000;
          const look = () => {
            const isOver = document.querySelector('.progress.is-done') !== null || performance.now() > end;
            if (!isOver && document.querySelector('.grid-rows > .grid-row') === null) return requestAnimationFrame(look);
            const grid = document.getElementById('grid');
            if (grid) grid.scrollTop = grid.scrollHeight * ${step.share};
            done();
          };
          look();
        })`);
        return;
      case 'key':
        if (step.key !== 'Escape') await this.run(`document.getElementById('grid')?.focus()`);
        else await this.run(`document.activeElement?.blur()`);
        for (let i = 0; i < step.times; i++) await pilot.key(step.key, step.held);
        return;
      case 'query':
        return this.type(step.text, step.isTyped);
      case 'clear':
        return this.type('', false);
      case 'bar':
        return this.hit(
          `.facet[data-column=${step.column}]:not([hidden]) li:not([hidden]) .facet-button`,
          step.place,
          step.isAdded ? 'Control' : undefined,
        );
      case 'outcome':
        return this.hit('.outcome', step.place, step.isAdded ? 'Control' : undefined);
      case 'sort':
        return this.hit(`[role=columnheader][data-column=${step.column}] .sort`, 0, step.isAdded ? 'Shift' : undefined);
      case 'row':
        return this.hit('.grid-rows > .grid-row [data-column=actor]', step.share);
      case 'next':
        expected.open = expected.pressed = undefined;
        await this.run(`document.activeElement?.blur()`);
        return pilot.key(step.by === 1 ? ']' : '[');
      case 'tick':
        await this.hit(`[role=columnheader][data-column=${step.column}] .head-menu`, 0);
        await pause(step.isBurst ? 0 : 150);
        await this.hit('dialog[open] .values .value', step.place);
        return this.leave();
      case 'column':
        await this.hit(`[role=columnheader][data-column=${step.column}] .head-menu`, 0);
        expected.sort = undefined;
        await this.hit('dialog[open] .column-action:not(:disabled)', step.place);
        return this.leave();
      case 'list':
        await this.hit(
          step.column === 'timeline' ? '.charts-tools .icon-button' : `.facet[data-column=${step.column}] .facet-head`,
          0,
        );
        await pause(step.isBurst ? 0 : 150);
        expected.terms = undefined;
        await this.hit('dialog[open] .chart-value', step.place);
        return this.leave();
      case 'question':
        expected.terms = undefined;
        return this.hit('#presets button', step.place);
      case 'time':
        expected.terms = undefined;
        return this.hitTimeline(step.share);
      case 'ask':
        await this.run(`(() => { const q = document.getElementById('question'); q?.focus(); q?.select(); })()`);
        await pilot.write(step.text);
        await pilot.key('Enter');
        if (!step.isFollowed) return;
        await pause(400);
        Object.assign(expected, { terms: undefined, open: undefined, pressed: undefined });
        return this.hit('#answer-result .evidence, #answer-result button', 1);
      case 'resize':
        return pilot.resize(step.width, step.height, step.zoom);
      case 'zone': {
        // Before the page shows itself there is nothing to choose from.
        const isChosen = await pilot
          .run(
            `(() => { const s = document.getElementById('zone'); if (!s || s.offsetWidth === 0) return false; if (![...s.options].some((o) => o.value === '${step.zone}')) { const o = document.createElement('option'); o.value = '${step.zone}'; s.append(o); } s.value = '${step.zone}'; s.dispatchEvent(new Event('change')); return true; })()`,
          )
          .catch(() => false);
        if (isChosen === true) expected.zone = step.zone;
        return;
      }
      case 'language':
        await this.adopt();
        expected.lastTerms = [];
        await this.hit('#language', 0);
        return;
      case 'reload':
        await this.adopt();
        expected.lastTerms = [];
        return pilot.reload();
      case 'back':
      case 'forward':
        await this.adopt();
        if (step.do === 'forward') return pilot.forward();
        await pilot.back();
        await this.stayInReport();
        return;
      case 'pause':
        return pause(step.ms);
    }
  }

  /** What comes next is in the address: the page's own view is taken, and compared with itself. */
  private adopt(): Promise<void> {
    Object.assign(this.expected, {
      terms: undefined,
      sort: undefined,
      language: undefined,
      zone: undefined,
      open: undefined,
      pressed: undefined,
    });
    return Promise.resolve();
  }

  /** Before the report there was an empty page: whoever went back to it comes forward again. */
  private async stayInReport(): Promise<void> {
    const { pilot } = this.walk;
    const place = await pilot.evaluate(() => location.protocol).catch(() => undefined);
    if (place === 'about:') await pilot.forward();
  }

  private async type(text: string, isTyped: boolean): Promise<void> {
    const { pilot } = this.walk;
    const { expected } = this;
    const hasFocus = await pilot
      .evaluate(() => {
        const box = document.getElementById('query') as HTMLInputElement | null;
        box?.focus();
        box?.select();
        return box !== null && document.activeElement === box;
      })
      .catch(() => false);
    // Before the page shows itself there is nothing to type into.
    if (!hasFocus) return;
    // What a text with a fault leaves in place must be known by then.
    if (expected.terms === undefined && parseTerms(text) === undefined) {
      await this.compare();
      return this.type(text, isTyped);
    }
    const isByLetter = isTyped && /^[\w:. -]+$/.test(text);
    if (isByLetter) {
      for (const letter of text) await pilot.key(letter);
    } else if (text === '') await pilot.key('Delete');
    else await pilot.write(text);
    // Of what is typed letter by letter, the last text without a fault counts.
    const written = isByLetter ? Array.from(text, (_, i) => text.slice(0, i + 1)) : [text];
    for (const part of written) {
      const terms = parseTerms(part);
      if (terms) expected.terms = expected.lastTerms = terms;
    }
  }

  /** Closes what is open above the page. */
  private async leave(): Promise<void> {
    const { pilot } = this.walk;
    if (await pilot.evaluate(() => document.querySelector('dialog[open]') !== null).catch(() => false))
      await pilot.key('Escape');
  }

  private async run(code: string): Promise<void> {
    await this.walk.pilot.run(code).catch(() => undefined);
  }

  /** Where the middle of an element in view is: by its number among those that match, or by a share of them. */
  private async placeOf(selector: string, which: number): Promise<{ x: number; y: number } | undefined> {
    const code = `(() => {
      const all = [...document.querySelectorAll(${JSON.stringify(selector)})].filter((e) => { const b = e.getBoundingClientRect(); return b.width > 0 && b.height > 0; });
      const e = all[Number.isInteger(${which}) ? ${which} % Math.max(1, all.length) : Math.floor(${which} * all.length)];
      if (!e) return undefined;
      if (!e.closest('#grid, dialog')) e.scrollIntoView({ block: 'nearest' });
      const b = e.getBoundingClientRect();
      const at = { x: b.left + Math.min(b.width / 2, 30), y: b.top + b.height / 2 };
      return at.x < innerWidth && at.y < innerHeight ? at : undefined;
    })()`;
    const place = (await this.walk.pilot.run(code).catch(() => undefined)) as { x: number; y: number } | undefined;
    return place && place.x >= 0 && place.y >= 0 ? place : undefined;
  }

  private async moveTo(selector: string): Promise<void> {
    const place = await this.placeOf(selector, 0);
    if (place) await this.walk.pilot.move(place.x, place.y);
  }

  private async hitTimeline(share: number): Promise<void> {
    const box = await this.walk.pilot
      .evaluate(() => {
        const rect = document.querySelector('#timeline [aria-label]')?.getBoundingClientRect();
        return rect ? { left: rect.left, top: rect.top, width: rect.width, height: rect.height } : undefined;
      })
      .catch(() => undefined);
    if (box) await this.walk.pilot.press(box.left + box.width * share, box.top + box.height / 2);
  }

  /** Presses what is there now, and expects what follows from what was hit, which may be something else by then. */
  private async hit(selector: string, which: number, held?: 'Control' | 'Shift'): Promise<void> {
    const { pilot } = this.walk;
    const { expected } = this;
    const place = await this.placeOf(selector, which);
    if (!place) return;
    await this.run('(window.hit = undefined)');
    await pilot.press(place.x, place.y, held);
    const hit: Hit | undefined = await pilot.evaluate(() => window.hit).catch(() => undefined);
    const terms = expected.terms;
    switch (hit?.kind) {
      case 'bar':
        if (terms) expected.terms = toggled(terms, hit.column, written(hit.column, hit.value), hit.isAdded);
        break;
      case 'outcome':
        if (terms) expected.terms = toggled(terms, 'outcome', hit.outcome, hit.isAdded);
        break;
      case 'head':
        expected.sort = expected.sort === undefined ? undefined : sortedNext(expected.sort, hit.column, hit.isAdded);
        break;
      case 'row':
        if (held) break;
        expected.pressed = hit.cells;
        expected.open =
          this.burst === 0 && terms && expected.sort !== undefined
            ? this.comparison.rowsOf(terms, expected.sort)[hit.index]
            : undefined;
        break;
      default:
        // Something else was there: whatever it did stands in the address.
        Object.assign(expected, {
          terms: undefined,
          sort: undefined,
          open: undefined,
          zone: undefined,
          language: undefined,
        });
    }
    if (expected.terms) expected.lastTerms = expected.terms;
  }
}

function written(column: string, value: string): string {
  return column === 'eventSource' ? value.replace(/(.)\.amazonaws\.com$/, '$1') : value;
}

/** The order after a press on a head: by it alone, then the other way round; with Shift it joins, turns round, goes. */
export function sortedNext(sort: string, column: string, isAdded: boolean): string {
  const name = fieldNameOf(column);
  const first = column === 'eventTime' ? `-${name}` : name;
  const other = column === 'eventTime' ? name : `-${name}`;
  const keys = sort === '' ? ['-time'] : sort.split(',');
  let next: readonly string[];
  if (!isAdded) next = keys.length === 1 && keys[0] === first ? [other] : [first];
  else if (keys.includes(first)) next = keys.map((key) => (key === first ? other : key));
  else if (keys.includes(other)) next = keys.filter((key) => key !== other);
  else next = [...keys, first];
  const text = next.length === 0 ? '-time' : next.join(',');
  return text === '-time' ? '' : text;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

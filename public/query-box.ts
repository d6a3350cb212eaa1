/** The search box: text in, query out. A fault is shown beside it, and the last good query stays. */
import { EVERYTHING, type Query } from '../scripts/shared/query/ast.js';
import { byId } from './dom.js';
import { parseQuery } from '../scripts/shared/query/parse.js';
import { printQuery } from '../scripts/shared/query/print.js';
import type { ChangeKind } from './state/view-state.js';
import { countText, searchingText, type Counted } from './count-text.js';
import { text } from './text/language.js';

/** How long typing must rest before the events follow, in milliseconds: less than anybody sees, more than a paste. */
const REST = 8;

export class QueryBox {
  /** The last query that could be read. */
  query: Query = EVERYTHING;
  private readonly input = byId<HTMLInputElement>('query');
  private readonly fault = byId('query-fault');
  private readonly count = byId<HTMLOutputElement>('count');
  private readonly searching = byId('searching');
  private readonly clear = byId<HTMLButtonElement>('clear');
  /** Where there is room for few words. */
  private readonly narrow = matchMedia('(max-width: 640px)');
  private counted: Counted | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    /** Called with what the box holds now, whether or not it could be read. */
    private readonly onChange: (written: string, kind: ChangeKind) => void,
    onClear: () => void,
    onLeave: () => void,
  ) {
    this.narrow.addEventListener('change', () => this.fitTexts());
    this.fitTexts();
    byId('query-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.change('step');
    });
    this.input.addEventListener('input', () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.change('typing'), REST);
    });
    this.input.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown') {
        event.preventDefault();
        onLeave();
      } else if (event.key === 'Escape' && this.input.value !== '') {
        // Not every browser does so by itself.
        event.preventDefault();
        this.set(EVERYTHING);
      }
    });
    this.clear.addEventListener('click', () => {
      onClear();
      this.focus();
    });
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  /** Writes a query into the box and lets the events follow. */
  set(query: Query): void {
    this.input.value = printQuery(query);
    this.change('step');
  }

  /** Shows what was written elsewhere: in a link, or before a step back. */
  show(written: string): void {
    if (this.input.value !== written) this.input.value = written;
    this.read();
  }

  /** Says that a regular expression was given up, and that what is shown is not its result. */
  showSlow(source: string): void {
    this.showFault(text('query.fault.too-slow', { pattern: source }));
    if (this.counted) this.showCount(this.counted.shown, this.counted.total, undefined);
  }

  /** @param searched the share of the details that a running search has looked at; undefined where none runs */
  showCount(shown: number, total: number, searched: number | undefined): void {
    this.counted = { shown, total, searched };
    const count = countText(this.counted, this.narrow.matches);
    if (this.count.textContent !== count) this.count.textContent = count;
    this.searching.textContent = searchingText(this.counted);
  }

  showClear(): void {
    this.clear.hidden = this.input.value.trim() === '';
  }

  private fitTexts(): void {
    if (this.counted) this.showCount(this.counted.shown, this.counted.total, this.counted.searched);
  }

  private change(kind: ChangeKind): void {
    clearTimeout(this.timer);
    this.read();
    this.onChange(this.input.value, kind);
  }

  private read(): void {
    const result = parseQuery(this.input.value);
    const fault = 'fault' in result ? result.fault : undefined;
    this.showFault(fault && text(`query.fault.${fault.code}`, { at: fault.at + 1 }));
    if ('query' in result) this.query = result.query;
  }

  private showFault(what: string | undefined): void {
    this.fault.textContent = what === undefined ? '' : text('query.fault', { what });
    if (what !== undefined) this.input.setAttribute('aria-invalid', 'true');
    else this.input.removeAttribute('aria-invalid');
  }
}

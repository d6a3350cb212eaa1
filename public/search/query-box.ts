/** The search box: the query's text, and its errors below it. */
import { MAX_LENGTH, MAX_TERMS, MAX_WORDS } from '#shared/query/ast.js';
import type { FaultCode, QueryFault } from '#shared/query/parse.js';
import { countText, searchingText, type Counted } from '#public/ui/count-text.js';
import { byId, el } from '#public/ui/dom.js';
import type { ChangeKind } from '#public/state/view-state.js';
import { text } from '#public/text/language.js';
import type { Completer, Option } from './completer.js';
import { OptionList } from './option-list.js';

/** How long typing must pause before completions are listed, in milliseconds: events are updated first. */
const REST_TO_LIST = 100;

/** Characters shown before and after a fault. */
const AROUND = 24;

const MOST: Partial<Record<FaultCode, number>> = {
  'too-long': MAX_LENGTH,
  'too-many-terms': MAX_TERMS,
  'too-many-words': MAX_WORDS,
};

interface QueryBoxListener {
  /** Receives the content of the box; the listener responds with {@link QueryBox.show}. */
  onChange(written: string, kind: ChangeKind): void;
  /** The arrow key moves down out of the box. */
  onLeave(): void;
}

export class QueryBox {
  private readonly input = byId<HTMLInputElement>('query');
  private readonly fault = byId('query-fault');
  private readonly count = byId<HTMLOutputElement>('count');
  private readonly searching = byId('searching');
  private readonly clear = byId<HTMLButtonElement>('clear');
  private readonly options: OptionList<Option>;
  /** On a narrow screen, there is room for few words only. */
  private readonly narrow = matchMedia('screen and (max-width: 640px)');
  private counted: Counted | undefined;
  private listTimer: ReturnType<typeof setTimeout> | undefined;
  /** Increases with each request for completions, so that those for an older text are not shown. */
  private lastLook = 0;

  constructor(
    private readonly completer: Completer,
    private readonly listener: QueryBoxListener,
  ) {
    this.options = new OptionList(byId('query-options'), this.input, (option) => this.complete(option));
    this.narrow.addEventListener('change', () => this.fitTexts());
    byId('query-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.closeOptions();
      this.change('step');
    });
    this.input.addEventListener('input', () => {
      // At once: a timer would run after the next frame, and events appear sooner than the next key press.
      this.change('typing');
      this.listSoon();
    });
    this.input.addEventListener('blur', () => this.closeOptions());
    this.input.addEventListener('keydown', (event) => this.onKey(event));
    this.clear.addEventListener('click', () => {
      this.empty();
      this.focus();
    });
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  /** Begins a term on a column after the existing text, and lists the column's values. */
  begin(field: string): void {
    const before = this.input.value.trimEnd();
    this.input.focus();
    this.input.value = `${before}${before === '' ? '' : ' '}${field}:`;
    this.change('typing');
    void this.list();
  }

  /** Shows the query's text, which may come from elsewhere, and its fault if it has one. */
  show(written: string, fault: QueryFault | undefined): void {
    if (this.input.value !== written) {
      this.closeOptions();
      this.input.value = written;
    }
    if (!fault) this.showFault(undefined);
    else
      this.showFault(
        text(`query.fault.${fault.code}`, { at: fault.at + 1, most: MOST[fault.code] ?? 0 }),
        pointAt(written, fault),
      );
  }

  /** Says that a regular expression was stopped, and that the events shown are not its result. */
  showSlow(source: string): void {
    this.showFault(text('query.fault.too-slow', { pattern: source }));
    if (this.counted) this.showCount({ ...this.counted, searched: undefined });
  }

  showCount(counted: Counted): void {
    this.counted = counted;
    const count = countText(counted, this.narrow.matches);
    if (this.count.textContent !== count) this.count.textContent = count;
    this.searching.textContent = searchingText(counted);
  }

  showClear(): void {
    this.clear.hidden = this.input.value.trim() === '';
  }

  private fitTexts(): void {
    if (this.counted) this.showCount(this.counted);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const { key } = event;
    const { isOpen, current } = this.options;
    if ((key === 'ArrowDown' || key === 'ArrowUp') && isOpen) this.options.step(key === 'ArrowDown' ? 1 : -1);
    else if ((key === 'ArrowDown' && event.altKey) || (key === ' ' && event.ctrlKey)) void this.list();
    else if (key === 'ArrowDown') this.listener.onLeave();
    else if ((key === 'Enter' || key === 'Tab') && current) this.complete(current);
    else if (key === 'Escape' && isOpen) this.closeOptions();
    // Not every browser does this by itself.
    else if (key === 'Escape' && this.input.value !== '') this.empty();
    else return;
    event.preventDefault();
  }

  private listSoon(): void {
    clearTimeout(this.listTimer);
    this.listTimer = setTimeout(() => void this.list(), REST_TO_LIST);
  }

  private async list(): Promise<void> {
    const mine = ++this.lastLook;
    const { value, selectionStart, selectionEnd } = this.input;
    const options =
      selectionStart === selectionEnd ? await this.completer.optionsAt(value, selectionEnd ?? value.length) : [];
    if (mine !== this.lastLook || document.activeElement !== this.input) return;
    // A complete term needs no list.
    const isDone = options.length === 1 && options[0]?.edited.text.trim() === value.trim();
    this.options.show(isDone ? [] : options);
    this.fault.hidden = this.options.isOpen;
  }

  private closeOptions(): void {
    clearTimeout(this.listTimer);
    this.lastLook++;
    this.options.show([]);
    this.fault.hidden = false;
  }

  private complete({ edited }: Option): void {
    this.closeOptions();
    this.input.value = edited.text;
    this.input.setSelectionRange(edited.caret, edited.caret);
    this.change('typing');
    if (edited.text[edited.caret - 1] === ':') void this.list();
  }

  private empty(): void {
    this.closeOptions();
    this.input.value = '';
    this.change('step');
  }

  private change(kind: ChangeKind): void {
    this.listener.onChange(this.input.value, kind);
  }

  /** @param place shows the position in the text */
  private showFault(what: string | undefined, place?: HTMLElement): void {
    this.fault.replaceChildren(
      ...(place ? [place] : []),
      ...(what === undefined ? [] : [text('query.fault', { what })]),
    );
    if (what !== undefined) this.input.setAttribute('aria-invalid', 'true');
    else this.input.removeAttribute('aria-invalid');
  }
}

/**
 * The query's text around a fault, with the character marked; a screen reader announces the character's number instead.
 */
function pointAt(written: string, { at }: QueryFault): HTMLElement {
  const from = Math.max(0, at - AROUND);
  return el(
    'span',
    { class: 'query-fault-place', 'aria-hidden': 'true' },
    `${from > 0 ? '…' : ''}${written.slice(from, at)}`,
    el('mark', {}, written.slice(at, at + 1).trim() || '\u00a0'),
    written.slice(at + 1, at + AROUND),
  );
}

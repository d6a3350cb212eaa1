/** The list below the search box: a listbox controlled by the box's keys (the ARIA combobox pattern). */
import { el } from '#public/ui/dom.js';

interface ListedOption {
  readonly label: string;
  readonly note: string;
}

export class OptionList<T extends ListedOption> {
  private listed: readonly T[] = [];
  private elements: readonly HTMLElement[] = [];
  private at = -1;

  constructor(
    private readonly host: HTMLElement,
    private readonly input: HTMLInputElement,
    onChoose: (option: T) => void,
  ) {
    // The box keeps the focus.
    host.addEventListener('pointerdown', (event) => event.preventDefault());
    host.addEventListener('click', (event) => {
      const option = this.listed[this.elements.findIndex((element) => element.contains(event.target as Node))];
      if (option) onChoose(option);
    });
  }

  get isOpen(): boolean {
    return !this.host.hidden;
  }

  /** The option selected by keyboard; undefined if there is none. */
  get current(): T | undefined {
    return this.listed[this.at];
  }

  /** Lists these options; an empty list closes it. */
  show(options: readonly T[]): void {
    this.listed = options;
    this.elements = options.map(({ label, note }, i) =>
      el(
        'div',
        {
          role: 'option',
          id: `${this.host.id}-${String(i)}`,
          class: 'suggestion',
          'aria-selected': 'false',
          title: label,
        },
        el('span', { class: 'suggestion-name' }, label),
        el('span', { class: 'suggestion-count' }, note),
      ),
    );
    this.host.replaceChildren(...this.elements);
    this.host.hidden = options.length === 0;
    this.input.setAttribute('aria-expanded', String(this.isOpen));
    this.host.scrollTop = 0;
    this.goTo(-1);
  }

  /** Moves to the next or previous option, and around by way of the box itself. */
  step(by: 1 | -1): void {
    const places = this.elements.length + 1;
    this.goTo(((this.at + 1 + by + places) % places) - 1);
  }

  private goTo(at: number): void {
    this.elements[this.at]?.setAttribute('aria-selected', 'false');
    this.at = at;
    const element = this.elements[at];
    element?.setAttribute('aria-selected', 'true');
    element?.scrollIntoView({ block: 'nearest' });
    if (element) this.input.setAttribute('aria-activedescendant', element.id);
    else this.input.removeAttribute('aria-activedescendant');
  }
}

/** The names that a question may be about, below the box: a listbox by kind, steered by the box's keys. */
import { el } from '#public/ui/dom.js';
import { shownResource, shownValue } from '#shared/model/names.js';
import { number, text } from '#public/text/language.js';
import type { Suggestion, SuggestionKind } from '#scripts/investigate/suggest.js';

export class SuggestionList {
  private options: readonly HTMLElement[] = [];
  private suggestions: readonly Suggestion[] = [];
  private chosen = -1;

  constructor(
    private readonly host: HTMLElement,
    private readonly input: HTMLInputElement,
    private readonly onChoose: (value: string) => void,
  ) {
    // The box keeps the focus.
    host.addEventListener('pointerdown', (event) => event.preventDefault());
  }

  get isOpen(): boolean {
    return !this.host.hidden;
  }

  show(suggestions: readonly Suggestion[]): void {
    this.suggestions = suggestions;
    this.options = suggestions.map((suggestion, i) => this.option(suggestion, i));
    const groups = new Map<SuggestionKind, HTMLElement[]>();
    suggestions.forEach(({ kind }, i) => {
      const option = this.options[i] as HTMLElement;
      const group = groups.get(kind);
      if (group) group.push(option);
      else groups.set(kind, [option]);
    });
    this.host.replaceChildren(
      ...[...groups].map(([kind, options]) => {
        const label = text(`suggestion.${kind}`);
        return el(
          'div',
          { role: 'group', 'aria-label': label, class: 'suggestion-group' },
          el('div', { class: 'suggestion-kind', 'aria-hidden': 'true' }, label),
          ...options,
          ...rest(suggestions.find((one) => one.kind === kind)),
        );
      }),
    );
    this.host.hidden = suggestions.length === 0;
    this.input.setAttribute('aria-expanded', String(!this.host.hidden));
    this.choose(-1);
  }

  hide(): void {
    if (this.isOpen) this.show([]);
  }

  /** Goes to the next or the previous name, round and round by way of the box itself. */
  step(by: 1 | -1): void {
    const places = this.options.length + 1;
    this.choose(((this.chosen + 1 + by + places) % places) - 1);
  }

  /** The name that the keys have gone to; undefined where they have gone to none. */
  get value(): string | undefined {
    return this.suggestions[this.chosen]?.value;
  }

  private choose(index: number): void {
    this.options[this.chosen]?.setAttribute('aria-selected', 'false');
    this.chosen = index;
    const option = this.options[index];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option) this.input.setAttribute('aria-activedescendant', option.id);
    else this.input.removeAttribute('aria-activedescendant');
  }

  private option({ kind, value, count, isAtLeast }: Suggestion, index: number): HTMLElement {
    const name = kind === 'person' || kind === 'address' ? shownValue('actor', value) : shownResource(value);
    const option = el(
      'div',
      {
        role: 'option',
        id: `suggestion-${String(index)}`,
        class: 'suggestion',
        'aria-selected': 'false',
        title: value,
      },
      el('span', { class: 'suggestion-name' }, name),
      el('span', { class: 'suggestion-count' }, kind === 'ended' ? '' : `${number(count)}${isAtLeast ? '+' : ''}`),
    );
    option.addEventListener('click', () => this.onChoose(value));
    return option;
  }
}

/** How many names more there are than fit; typing on finds them. */
function rest(suggestion: Suggestion | undefined): HTMLElement[] {
  const left = suggestion?.left ?? 0;
  return left > 0
    ? [el('div', { class: 'suggestion-kind', 'aria-hidden': 'true' }, text('answer.more', { n: left }))]
    : [];
}

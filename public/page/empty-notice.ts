/** The notice in place of an empty table: nothing matches, or there are no events. */
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import { el } from '#public/ui/dom.js';
import type { FieldNode, Query } from '#shared/query/ast.js';
import { fieldNameOf } from '#shared/query/fields.js';
import { hintsFor, type Hint } from '#shared/query/hints.js';
import { printNode } from '#shared/query/print.js';
import { columnLabel, text } from '#public/text/language.js';

interface EmptyListener {
  onClear(): void;
  onCoverage(): void;
  /** Whether an event in the report matches a term by itself. */
  finds(node: FieldNode): boolean;
  /** A query that a hint suggests. */
  onTry(query: Query): void;
}

export class EmptyNotice {
  private shownFor: Query | undefined;

  constructor(
    private readonly host: HTMLElement,
    private readonly manifest: EmbeddedManifest,
    private readonly listener: EmptyListener,
  ) {}

  /** Shown if no event matches the query. */
  show(shown: number, query: Query): void {
    this.host.hidden = shown > 0;
    const isNew = this.shownFor !== query;
    this.shownFor = this.host.hidden ? undefined : query;
    if (this.host.hidden || !isNew) return;
    const { rows, report, detail } = this.manifest;
    this.host.replaceChildren(
      ...(rows === 0
        ? this.nothing(report.filtered)
        : this.noMatch(
            rows,
            hintsFor(query, (node) => this.listener.finds(node)),
            detail,
          )),
    );
  }

  private nothing(filtered: number): HTMLElement[] {
    return [
      el('p', { class: 'empty-title' }, text('table.none.title')),
      el('p', {}, filtered > 0 ? text('table.none.filtered', { n: filtered }) : text('table.none.text')),
      action(text('table.none.button'), () => this.listener.onCoverage()),
    ];
  }

  private noMatch(
    rows: number,
    hints: readonly Hint[],
    { omitted, shortened }: EmbeddedManifest['detail'],
  ): HTMLElement[] {
    const elsewhere = [...omitted, ...Object.keys(shortened)].map(columnLabel).join(', ');
    return [
      el('p', { class: 'empty-title' }, text('table.empty.title')),
      el('p', {}, text('table.empty.text', { n: rows })),
      ...hints.map((hint) => this.hint(hint)),
      ...(elsewhere === '' ? [] : [el('p', { class: 'small' }, text('table.empty.omitted', { columns: elsewhere }))]),
      action(text('table.empty.clear'), () => this.listener.onClear()),
    ];
  }

  private hint(hint: Hint): HTMLElement {
    switch (hint.kind) {
      case 'whole':
        return el(
          'p',
          { class: 'hint' },
          text('hint.whole', { field: fieldNameOf(hint.node.field) }),
          ' ',
          action(text('hint.try', { query: printNode(hint.better) }), () => this.listener.onTry(hint.query)),
        );
      case 'range':
        return el(
          'p',
          { class: 'hint' },
          text('hint.range', { text: hint.node.text }),
          ' ',
          action(text('hint.try', { query: printNode(hint.better) }), () => this.listener.onTry(hint.query)),
        );
      case 'no-column':
        return el('p', { class: 'hint' }, text('hint.no-column', { name: hint.name, text: hint.text }));
      case 'operator':
        return el('p', { class: 'hint' }, text('hint.operator', { word: hint.word, or: '|' }));
    }
  }
}

function action(label: string, onClick: () => void): HTMLElement {
  const button = el('button', { type: 'button', class: 'button' }, label);
  button.addEventListener('click', onClick);
  return button;
}

/** The preset queries beside the box: one button each, pressed while it is part of the query. */
import type { Query } from '#shared/query/ast.js';
import { printQuery } from '#shared/query/print.js';
import { el } from '#public/ui/dom.js';
import { text } from '#public/text/language.js';
import { isActive, togglePreset, type Preset } from './presets.js';

export class PresetStrip {
  private readonly buttons: readonly (readonly [Preset, HTMLButtonElement])[];

  constructor(host: HTMLElement, presets: readonly Preset[], onAsk: (toggle: (query: Query) => Query) => void) {
    this.buttons = presets.map((preset) => {
      const button = el(
        'button',
        {
          type: 'button',
          class: 'preset',
          'data-preset': preset.name,
          'aria-pressed': 'false',
        },
        text(`preset.${preset.name}`),
      );
      button.addEventListener('click', () => onAsk((query) => togglePreset(query, preset, presets)));
      return [preset, button];
    });
    host.append(...this.buttons.map(([, button]) => button));
  }

  /** Shows which presets are part of the query. */
  show(query: Query): void {
    for (const [preset, button] of this.buttons) {
      button.title ||= `${text(`preset-title.${preset.name}`)}\n${printQuery(preset.clauses)}`;
      button.setAttribute('aria-pressed', String(isActive(query, preset)));
    }
  }
}

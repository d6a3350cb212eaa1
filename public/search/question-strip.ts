/** The preset queries beside the box: one button each, pressed while it is part of the query. */
import type { Query } from '#shared/query/ast.js';
import { printQuery } from '#shared/query/print.js';
import { el } from '#public/ui/dom.js';
import { text } from '#public/text/language.js';
import { isAsked, toggleQuestion, type Question } from './questions.js';

export class QuestionStrip {
  private readonly buttons: readonly (readonly [Question, HTMLButtonElement])[];

  constructor(host: HTMLElement, questions: readonly Question[], onAsk: (toggle: (query: Query) => Query) => void) {
    this.buttons = questions.map((question) => {
      const button = el(
        'button',
        {
          type: 'button',
          class: 'question',
          'data-question': question.name,
          'aria-pressed': 'false',
        },
        text(`question.${question.name}`),
      );
      button.addEventListener('click', () => onAsk((query) => toggleQuestion(query, question, questions)));
      return [question, button];
    });
    host.append(...this.buttons.map(([, button]) => button));
  }

  /** Shows which presets are part of the query. */
  show(query: Query): void {
    for (const [question, button] of this.buttons) {
      button.title ||= `${text(`question-title.${question.name}`)}\n${printQuery(question.clauses)}`;
      button.setAttribute('aria-pressed', String(isAsked(query, question)));
    }
  }
}

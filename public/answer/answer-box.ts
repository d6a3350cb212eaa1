/** “What happened to…?”: the box, its suggestions, and the answer below it. */
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import { MAX_WORDS, type Query } from '#shared/query/ast.js';
import { LONGEST } from '#public/state/view-state.js';
import { byId, el, icon } from '#public/ui/dom.js';
import { text } from '#public/text/language.js';
import { answerTo, isEmpty, type Answer } from '#scripts/investigate/answer.js';
import { EventLog } from '#scripts/investigate/event-log.js';
import type { Facts } from '#scripts/investigate/facts.js';
import { evidenceQuery } from './evidence-query.js';
import { Suggester } from '#scripts/investigate/suggest.js';
import { callerView } from './caller-view.js';
import { callsView } from './calls-view.js';
import { choiceView } from './choice-view.js';
import { eventView } from './event-view.js';
import { readQuestion, type QuestionReading } from '#scripts/investigate/question-reading.js';
import { coverageLines, elsewhereLines, nothingView, questionView } from './nothing-view.js';
import { resourceView } from './resource-view.js';
import { SuggestionList } from './suggestion-list.js';

interface AnswerListener {
  /** A question was asked; '' where the answer was closed. */
  onAsk(question: string): void;
  /** A piece of evidence was clicked: the event, and a query for all events that the answer is about. */
  onEvidence(row: number, query: Query): void;
  /** A query was chosen in place of a question that names nothing. */
  onQuery(query: Query): void;
  onCoverage(): void;
}

/** How long typing must rest before names are suggested, in milliseconds. */
const REST = 60;

export class AnswerBox {
  private readonly input = byId<HTMLInputElement>('question');
  private readonly result = byId('answer-result');
  private readonly suggestions: SuggestionList;
  private log: Promise<EventLog> | undefined;
  private suggester: Promise<Suggester> | undefined;
  private openFacts: ((facts: Facts) => void) | undefined;
  private readonly facts: Promise<Facts>;
  /** What the answer is about; '' where none is shown. */
  private asked = '';
  private similar: readonly string[] = [];
  /** Where the question is a sentence, and names nothing that the report has. */
  private reading: QuestionReading | undefined;
  /** Goes up with each question: an answer to another one is not shown any more. */
  private generation = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly manifest: Pick<EmbeddedManifest, 'report' | 'detail'>,
    private readonly listener: AnswerListener,
  ) {
    this.facts = new Promise((resolve) => (this.openFacts = resolve));
    this.suggestions = new SuggestionList(byId('suggestions'), this.input, (value) => this.ask(value));
    byId('answer-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.ask(this.suggestions.value ?? this.input.value);
    });
    this.input.addEventListener('input', () => this.suggestSoon());
    this.input.addEventListener('focus', () => this.suggestSoon());
    this.input.addEventListener('blur', () => this.stopSuggesting());
    this.input.addEventListener('keydown', (event) => this.onKey(event));
    byId('answer').addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented && this.asked !== '') {
        event.preventDefault();
        this.close();
      }
    });
  }

  /** Takes the events, once they are read. */
  begin(facts: Facts): void {
    this.openFacts?.(facts);
  }

  /** Does beforehand what the first answer would have to wait for. */
  async warm(): Promise<void> {
    const suggester = await this.suggesting();
    suggester.prepare();
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  /** Answers a question that was asked elsewhere, by a link for example; '' closes the answer. */
  show(question: string): void {
    if (question === this.asked) return;
    this.asked = question;
    this.input.value = question;
    this.stopSuggesting();
    void this.find();
  }

  private ask(question: string): void {
    const trimmed = question.trim();
    if (trimmed === '') return;
    this.input.value = trimmed;
    this.stopSuggesting();
    if (trimmed === this.asked) return;
    this.show(trimmed);
    this.listener.onAsk(trimmed);
  }

  private close(): void {
    this.show('');
    this.listener.onAsk('');
    this.input.focus();
    this.stopSuggesting();
  }

  private async find(): Promise<void> {
    const mine = ++this.generation;
    const { asked } = this;
    this.result.hidden = asked === '';
    this.result.setAttribute('aria-busy', String(asked !== ''));
    this.result.replaceChildren();
    if (asked === '') return;
    if (asked.length > LONGEST.question) {
      this.result.setAttribute('aria-busy', 'false');
      const what = text('answer.too-long', { most: LONGEST.question });
      this.result.append(this.closeButton(), el('p', { role: 'alert' }, what));
      return;
    }
    this.result.append(el('p', { class: 'small' }, text('answer.looking')));
    try {
      for await (const answer of answerTo(await this.events(), asked)) {
        if (mine !== this.generation) return;
        if (isEmpty(answer) && !answer.isPartial) await this.lookAround(asked);
        if (mine !== this.generation) return;
        this.draw(answer);
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (mine === this.generation)
        this.result.replaceChildren(el('p', { role: 'alert' }, text('detail.unreadable', { reason })));
    }
  }

  private draw(answer: Answer): void {
    if (isEmpty(answer) && answer.isPartial) return;
    const show = (row: number): void => this.listener.onEvidence(row, evidenceQuery(answer));
    const { resource, choice, caller, event, calls, asked } = answer;
    const parts = [
      ...(calls
        ? [el('div', { class: 'answer-part' }, ...callsView(calls, show, (query) => this.listener.onQuery(query)))]
        : []),
      ...(event ? [el('div', { class: 'answer-part' }, ...eventView(event, show))] : []),
      ...(caller ? [el('div', { class: 'answer-part' }, ...callerView(caller, show))] : []),
      ...(resource
        ? [
            el(
              'div',
              { class: 'answer-part' },
              ...resourceView(resource, this.manifest.report.unlisted !== undefined, show, () =>
                this.listener.onQuery(evidenceQuery(answer)),
              ),
            ),
          ]
        : []),
      ...(choice ? [el('div', { class: 'answer-part' }, ...choiceView(asked, choice, (name) => this.ask(name)))] : []),
    ];
    const { manifest, reading, similar, listener } = this;
    const onAsk = {
      onAsk: (name: string) => this.ask(name),
      onQuery: (query: Query) => listener.onQuery(query),
      onCoverage: () => listener.onCoverage(),
    };
    if (parts.length === 0) {
      const nothing = reading
        ? questionView(asked, reading, manifest, similar, onAsk)
        : nothingView(asked, manifest, similar, onAsk);
      parts.push(el('div', { class: 'answer-part' }, ...nothing));
    } else if (resource && resource.verdict !== 'done' && !caller && !answer.isPartial) {
      parts.push(el('div', { class: 'answer-part' }, ...coverageLines(manifest, onAsk), ...elsewhereLines(asked)));
    }
    const { scrollTop } = this.result;
    this.result.replaceChildren(this.closeButton(), ...parts);
    this.result.scrollTop = scrollTop;
    this.result.setAttribute('aria-busy', String(answer.isPartial));
  }

  private closeButton(): HTMLElement {
    const close = el(
      'button',
      { type: 'button', class: 'icon-button', 'aria-label': text('answer.close'), title: text('answer.close') },
      icon('close'),
    );
    close.addEventListener('click', () => this.close());
    return close;
  }

  private events(): Promise<EventLog> {
    this.log ??= this.facts.then((facts) => EventLog.open(facts));
    return this.log;
  }

  /** What may be meant instead, where nothing was found. */
  private async lookAround(asked: string): Promise<void> {
    const { timeRange } = this.manifest.report;
    const suggester = await this.suggesting();
    const reading = readQuestion(asked, timeRange ? Date.parse(timeRange.to) : undefined);
    this.reading = reading;
    this.similar = reading
      ? [...new Set([...reading.names, ...reading.missed].slice(0, MAX_WORDS).flatMap((word) => suggester.named(word)))]
      : similarNames(suggester, asked);
  }

  private suggesting(): Promise<Suggester> {
    this.suggester ??= this.events().then((log) => new Suggester(log));
    return this.suggester;
  }

  private suggestSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.suggest(), REST);
  }

  private async suggest(): Promise<void> {
    const typed = this.input.value;
    const suggester = await this.suggesting();
    if (document.activeElement !== this.input || typed !== this.input.value) return;
    if (typed.trim() === this.asked && typed !== '') return;
    this.suggestions.show(suggester.suggest(typed));
  }

  private stopSuggesting(): void {
    clearTimeout(this.timer);
    this.suggestions.hide();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (this.suggestions.isOpen) this.suggestions.step(event.key === 'ArrowDown' ? 1 : -1);
      else this.suggestSoon();
    } else if (event.key === 'Escape' && (this.suggestions.isOpen || this.asked === '')) {
      event.preventDefault();
      if (!this.suggestions.isOpen) this.input.value = '';
      this.stopSuggesting();
    }
  }
}

/** Names that have the beginning of this one: it is more often right than the end. */
function similarNames(suggester: Suggester, asked: string): readonly string[] {
  let similar: readonly string[] = [];
  let [low, high] = [Math.max(3, Math.ceil(asked.length / 2)), asked.length];
  // What has a beginning has every shorter one, too.
  while (low <= high) {
    const length = (low + high + 1) >> 1;
    const found = suggester.suggest(asked.slice(0, length));
    if (found.length > 0) {
      similar = found.slice(0, 5).map(({ value }) => value);
      low = length + 1;
    } else high = length - 1;
  }
  return similar;
}

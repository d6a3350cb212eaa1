/** The line above the timeline: the key to the colours, the range that is shown, and how charts are drawn. */
import type { Outcome } from '#shared/model/columns.js';
import { el, icon } from '#public/ui/dom.js';
import { duration, text } from '#public/text/language.js';
import type { TextKey } from '#public/text/en.js';
import type { ChartSettings } from './chart-settings.js';
import { OutcomeKey } from './outcomes.js';

interface HeadListener {
  onOutcome(outcome: Outcome, add: boolean): void;
  /** A span as long, before (-1) or after (1). */
  onBeside(by: 1 | -1): void;
  onZoomOut(): void;
  onAllTime(): void;
  onSettings(settings: ChartSettings): void;
  /** The events over time are asked for as a table. */
  onTable(): void;
}

/** What the timeline shows. */
interface Range {
  /** As text, where it is not everything. */
  readonly chosen: string | undefined;
  /** Milliseconds that a bar covers; 0 where there is none. */
  readonly width: number;
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
}

export class ChartHead {
  readonly key: OutcomeKey;
  readonly element: HTMLElement;
  private readonly range = el('span', { class: 'charts-range' });
  private readonly zoom: HTMLElement;
  private readonly earlier: HTMLButtonElement;
  private readonly later: HTMLButtonElement;
  private readonly log: HTMLButtonElement;
  private readonly share: HTMLButtonElement;
  private readonly sessions: HTMLButtonElement;

  constructor(
    private settings: ChartSettings,
    private readonly listener: HeadListener,
  ) {
    const outcomes = el('div', {
      class: 'outcomes',
      id: 'outcomes',
      role: 'group',
      'aria-label': text('charts.outcomes'),
    });
    this.key = new OutcomeKey(outcomes, (outcome, add) => listener.onOutcome(outcome, add));
    this.earlier = iconButton('earlier', 'timeline.earlier', () => listener.onBeside(-1));
    this.later = iconButton('later', 'timeline.later', () => listener.onBeside(1));
    const all = el('button', { type: 'button', class: 'text-button' }, text('timeline.all'));
    all.addEventListener('click', () => listener.onAllTime());
    this.zoom = el(
      'span',
      { class: 'charts-zoom', hidden: true },
      this.earlier,
      this.later,
      iconButton('zoomOut', 'timeline.zoom-out', () => listener.onZoomOut()),
      all,
    );
    this.log = this.toggle('charts.log', 'charts.log.title', (settings) => ({
      ...settings,
      scale: settings.scale === 'log' ? 'linear' : 'log',
    }));
    this.share = this.toggle('charts.share', 'charts.share.title', (settings) => ({
      ...settings,
      numbers: settings.numbers === 'share' ? 'count' : 'share',
    }));
    this.sessions = this.toggle('charts.sessions', 'charts.sessions.title', (settings) => ({
      ...settings,
      who: settings.who === 'sessions' ? 'people' : 'sessions',
    }));
    const table = iconButton('list', 'timeline.table', () => listener.onTable());
    table.setAttribute('aria-haspopup', 'dialog');
    this.element = el(
      'div',
      { class: 'charts-head' },
      outcomes,
      el('div', { class: 'charts-when' }, this.range, this.zoom),
      el('div', { class: 'charts-tools' }, this.sessions, this.log, this.share, table),
    );
    this.showSettings(settings);
  }

  showRange({ chosen, width, hasEarlier, hasLater }: Range): void {
    const bars = width > 0 ? text('timeline.width', { width: duration(width) }) : '';
    this.range.replaceChildren(...(chosen === undefined ? [bars] : [el('b', {}, chosen), ` · ${bars}`]));
    const hadFocus = this.zoom.contains(document.activeElement);
    this.zoom.hidden = chosen === undefined;
    this.element.classList.toggle('is-zoomed', chosen !== undefined);
    this.earlier.disabled = !hasEarlier;
    this.later.disabled = !hasLater;
    // What was pressed is gone or out of use: the focus goes where the next step is.
    if (hadFocus && (this.zoom.hidden || (document.activeElement as HTMLButtonElement).disabled)) this.log.focus();
  }

  showSettings(settings: ChartSettings): void {
    this.settings = settings;
    this.log.setAttribute('aria-pressed', String(settings.scale === 'log'));
    this.share.setAttribute('aria-pressed', String(settings.numbers === 'share'));
    this.sessions.setAttribute('aria-pressed', String(settings.who === 'sessions'));
  }

  private toggle(key: TextKey, title: TextKey, change: (settings: ChartSettings) => ChartSettings): HTMLButtonElement {
    const button = el('button', { type: 'button', class: 'chip', title: text(title) }, text(key));
    button.addEventListener('click', () => this.listener.onSettings(change(this.settings)));
    return button;
  }
}

function iconButton(name: Parameters<typeof icon>[0], key: TextKey, press: () => void): HTMLButtonElement {
  const button = el(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': text(key), title: text(key) },
    icon(name),
  );
  button.addEventListener('click', press);
  return button;
}

/**
 * Choosing a range of the timeline: by dragging, by a click on a bar, or by keys. It lies over the canvas and is a
 * slider whose values are the bars, so that a screen reader can go through them.
 */
import { el } from '#public/ui/dom.js';
import { text } from '#public/text/language.js';

/** Where the bars are, in pixels from the element's left and upper edge. */
export interface BarArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface BrushView {
  readonly area: BarArea;
  readonly buckets: number;
  /** What a bar says when it is reached. */
  describe(bucket: number): string;
}

interface BrushListener {
  /** These bars were chosen, both ends included. */
  onSelect(first: number, last: number): void;
  /** The bar that the pointer or the keys are on; undefined where they left. */
  onPoint(bucket: number | undefined): void;
  onZoomOut(): void;
}

export class TimelineBrush {
  private readonly mark = el('div', { class: 'timeline-mark', hidden: true });
  readonly element = el('div', { class: 'timeline-brush', role: 'slider', tabindex: '0' }, this.mark);
  private view: BrushView | undefined;
  /** Where a drag, or a choice by keys, began; and the bar it is at. */
  private from: number | undefined;
  private at = 0;

  constructor(private readonly listener: BrushListener) {
    this.element.title = text('timeline.hint');
    this.listenToPointer();
    this.element.addEventListener('keydown', (event) => this.onKey(event));
    this.element.addEventListener('blur', () => this.end());
  }

  show(view: BrushView, description: string): void {
    this.view = view;
    this.at = Math.min(this.at, Math.max(0, view.buckets - 1));
    this.element.setAttribute('aria-label', description);
    this.element.setAttribute('aria-valuemin', '0');
    this.element.setAttribute('aria-valuemax', String(Math.max(0, view.buckets - 1)));
    this.tell();
  }

  private listenToPointer(): void {
    const { element } = this;
    element.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      this.from = this.at = this.bucketAt(event);
      element.setPointerCapture(event.pointerId);
      this.drawMark();
    });
    element.addEventListener('pointermove', (event) => {
      this.at = this.bucketAt(event);
      this.listener.onPoint(this.at);
      if (this.from !== undefined) this.drawMark();
    });
    element.addEventListener('pointerup', (event) => {
      if (this.from === undefined) return;
      this.at = this.bucketAt(event);
      this.select();
    });
    element.addEventListener('pointercancel', () => this.end());
    element.addEventListener('pointerleave', () => this.listener.onPoint(undefined));
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.view) return;
    const last = this.view.buckets - 1;
    const to = { ArrowLeft: this.at - 1, ArrowRight: this.at + 1, Home: 0, End: last }[event.key];
    if (to !== undefined) {
      if (!event.shiftKey) this.end();
      else this.from ??= this.at;
      this.at = Math.min(last, Math.max(0, to));
      this.drawMark();
      this.tell();
      this.listener.onPoint(this.at);
    } else if (event.key === 'Enter' || event.key === ' ') this.select();
    else if (event.key === '-') this.listener.onZoomOut();
    else if (event.key === 'Escape' && this.from !== undefined) this.end();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private select(): void {
    const from = this.from ?? this.at;
    const { at } = this;
    this.end();
    this.at = 0;
    this.listener.onSelect(Math.min(from, at), Math.max(from, at));
  }

  private end(): void {
    this.from = undefined;
    this.mark.hidden = true;
    this.listener.onPoint(undefined);
  }

  private tell(): void {
    this.element.setAttribute('aria-valuenow', String(this.at));
    this.element.setAttribute('aria-valuetext', this.view?.describe(this.at) ?? '');
  }

  private bucketAt({ clientX }: PointerEvent): number {
    if (!this.view) return 0;
    const { area, buckets } = this.view;
    const x = clientX - this.element.getBoundingClientRect().left - area.left;
    const bucket = Math.floor((x / Math.max(1, area.right - area.left)) * buckets);
    return Math.min(buckets - 1, Math.max(0, bucket));
  }

  private drawMark(): void {
    if (!this.view) return;
    const { area, buckets } = this.view;
    const from = this.from ?? this.at;
    const step = (area.right - area.left) / Math.max(1, buckets);
    this.mark.hidden = false;
    this.mark.style.left = `${String(area.left + Math.min(from, this.at) * step)}px`;
    this.mark.style.width = `${String((Math.abs(this.at - from) + 1) * step)}px`;
    this.mark.style.top = `${String(area.top)}px`;
    this.mark.style.height = `${String(area.bottom - area.top)}px`;
  }
}

/** Says which events the page counts but does not list, where they are, and what the charts currently count. */
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import { el, icon } from '#public/ui/dom.js';
import { number, text } from '#public/text/language.js';
import { shownTime } from '#public/text/shown-time.js';

export class UnlistedNotice {
  private readonly charts = el('span', {});

  /** Stays hidden if every event is listed. */
  constructor(
    host: HTMLElement,
    private readonly manifest: EmbeddedManifest,
  ) {
    if (manifest.report.unlisted === undefined) return;
    host.hidden = false;
    host.replaceChildren(icon('filter'), el('p', {}, ...sentences(manifest), ' ', this.charts));
    this.show(false);
  }

  /** @param isFiltered whether a query leaves out any of the listed events */
  show(isFiltered: boolean): void {
    if (this.manifest.report.unlisted === undefined) return;
    const words = text(isFiltered ? 'unlisted.charts.listed' : 'unlisted.charts.all');
    if (this.charts.textContent !== words) this.charts.textContent = words;
  }
}

function sentences({ rows, report }: EmbeddedManifest): (string | HTMLElement)[] {
  const { unlisted, events } = report;
  if (unlisted === undefined) return [];
  const { reads, changes, errors } = unlisted;
  const what = [
    reads > 0 && text('unlisted.reads', { n: reads }),
    changes > 0 && text('unlisted.changes', { n: changes }),
    errors > 0 && text('unlisted.errors', { n: errors }),
  ];
  return [
    el('strong', {}, text('unlisted.title', { n: number(rows), total: number(events) })),
    ' ',
    text(changes + errors > 0 ? 'unlisted.newest' : 'unlisted.all'),
    ' ',
    text('unlisted.rest', { what: what.filter((part) => part !== false).join(text('coverage.and')) }),
    ' ',
    shownTime(Date.parse(unlisted.from)),
    text('unlisted.until'),
    shownTime(Date.parse(unlisted.to)),
    text('unlisted.end'),
  ];
}

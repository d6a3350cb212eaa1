/** The charts of values: side by side, or where it is narrow one at a time. */
import type { Query } from '#shared/query/ast.js';
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import type { CodedColumn } from '#shared/columnar/event-columns.js';
import { el } from '#public/ui/dom.js';
import { text } from '#public/text/language.js';
import { chartedColumns, PLAIN, type ChartSettings } from './chart-settings.js';
import { Facet, FACET_VALUES } from './facet.js';
import { facetContent, summaryContent } from './facet-content.js';
import { FacetTabs } from './facet-tabs.js';
import { rove } from '#public/ui/roving.js';

/** Counts of each code and outcome, as `countByCode` gives them. */
interface CountedColumn {
  readonly column: CodedColumn;
  readonly counts: Uint32Array;
  readonly query: Query;
}

interface FacetBoardListener {
  onToggle(column: string, value: string, add: boolean): void;
  onOpen(column: string): void;
  /** Counts a column's events; undefined before they are here. */
  counted(column: string): CountedColumn | undefined;
}

/** Where there is room for one chart at a time, or the table would have none; as in narrow-charts.css. */
const ONE_AT_A_TIME = [
  'screen and (max-width: 640px)',
  'screen and (max-height: 560px)',
  'screen and (max-width: 1180px) and (max-height: 760px)',
].join();

/** Where the charts do not fit side by side and stand in two rows; as in narrow-charts.css. */
const IN_TWO_ROWS = 'screen and (max-width: 1180px)';

/** How many values a chart lists where it stands below another, or a finger must hit them. */
const FEW_VALUES = 4;

export class FacetBoard {
  readonly elements: readonly HTMLElement[];
  private readonly list = el('div', {
    class: 'facets',
    id: 'facets',
    role: 'group',
    'aria-label': text('charts.label'),
  });
  private readonly facets: readonly Facet[];
  private readonly tabs: FacetTabs;
  private readonly isNarrow = matchMedia(ONE_AT_A_TIME);
  private readonly isLow = matchMedia(IN_TWO_ROWS);
  private settings: ChartSettings = PLAIN;

  constructor(
    private readonly manifest: EmbeddedManifest,
    private readonly listener: FacetBoardListener,
  ) {
    this.facets = chartedColumns(PLAIN).map((_, i) => {
      const column = (): string => chartedColumns(this.settings)[i] as string;
      return new Facet({
        onToggle: (value, add) => listener.onToggle(column(), value, add),
        onOpen: () => listener.onOpen(column()),
      });
    });
    this.list.append(...this.facets.map(({ element }) => element));
    this.tabs = new FacetTabs(this.list.id, this.facets.length, () => this.draw(this.settings));
    this.elements = [this.tabs.element, this.list];
    rove(this.list, () => this.facets.flatMap(({ element }, i) => (this.isSeen(i) ? [element] : [])));
    for (const width of [this.isNarrow, this.isLow]) width.addEventListener('change', () => this.draw(this.settings));
  }

  /** Draws the charts that can be seen, and counts for no other. */
  draw(settings: ChartSettings): void {
    this.settings = settings;
    const columns = chartedColumns(settings);
    this.tabs.show(columns);
    const limit = this.isLow.matches ? FEW_VALUES : FACET_VALUES;
    this.list.style.setProperty('--facet-rows', String(this.rowsNeeded(limit)));
    for (const [i, column] of columns.entries()) {
      const facet = this.facets[i] as Facet;
      facet.element.hidden = !this.isSeen(i);
      if (facet.element.hidden) continue;
      const counted = this.listener.counted(column);
      const content = counted
        ? facetContent(counted.column, counted.counts, counted.query, limit)
        : summaryContent(this.manifest, column, limit);
      facet.show(column, content, settings);
    }
  }

  private isSeen(place: number): boolean {
    return !this.isNarrow.matches || this.tabs.chosen === place;
  }

  /** The rows of the report's fullest chart: a filter leaves no more, and the page keeps its shape. */
  private rowsNeeded(limit: number): number {
    const rows = chartedColumns(this.settings).map((column) => {
      const { values, others } = summaryContent(this.manifest, column, limit);
      return values.length + (others > 0 ? 1 : 0);
    });
    return Math.max(1, ...rows);
  }
}

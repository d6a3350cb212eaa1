/**
 * Builds the page's parts and connects them: each part writes its changes into the view's state, which notifies the
 * others.
 */
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import { ReportFacts } from '#public/answer/report-facts.js';
import { AnswerBox } from '#public/answer/answer-box.js';
import { showBriefing } from '#public/briefing/briefing.js';
import { ChartBoard } from '#public/charts/chart-board.js';
import { parseChartSettings, printChartSettings } from '#public/charts/chart-settings.js';
import type { BlockSource } from '#public/engine/data/block-source.js';
import { rankAhead, readFirst, readRest } from '#public/engine/data/reading-order.js';
import { Report } from '#public/engine/data/report.js';
import { inSpareTime, REST, watchActs } from '#public/engine/data/spare-time.js';
import { Drawer } from '#public/detail/drawer.js';
import { Opened } from '#public/detail/opened.js';
import { byId } from '#public/ui/dom.js';
import { EmptyNotice } from './empty-notice.js';
import { DetailSearches } from '#public/engine/filter/detail-hits.js';
import { openExportDialog } from '#public/export/export-dialog.js';
import { FilterEngine, NOTHING, type View } from '#public/engine/filter/engine.js';
import type { Filtered } from '#public/engine/filter/filtered.js';
import { warmUp } from '#public/charts/warm-up.js';
import { Matches } from '#public/engine/filter/matches.js';
import { setUpFrame } from './frame.js';
import { setUpControls } from './controls.js';
import { onKeys } from '#public/ui/keys.js';
import { printSummary } from './print.js';
import { remember, remembered } from '#public/state/settings.js';
import { ZoneChoice } from './zone-choice.js';
import { EventTable } from '#public/table/event-table.js';
import { SessionList } from '#public/sessions/session-list.js';
import { SessionView } from '#public/sessions/session-view.js';
import { setUpHelp } from '#public/search/help-dialog.js';
import { parseSorting, printSorting } from '#public/state/sorting.js';
import { parseColumns, printColumns } from '#public/state/table-columns.js';
import { writtenValue } from '#shared/model/names.js';
import { ProgressLine } from './progress-line.js';
import { toggleValue, withTimeSpan } from '#shared/query/edit.js';
import { printQuery } from '#shared/query/print.js';
import type { Query } from '#shared/query/ast.js';
import { presetsFor } from '#public/search/presets.js';
import { PresetStrip } from '#public/search/preset-strip.js';
import { Completer } from '#public/search/completer.js';
import { QueryBox } from '#public/search/query-box.js';
import { Address } from '#public/state/address.js';
import { ViewStore, type ViewKey } from '#public/state/view-state.js';
import type { Unlocked } from '#public/unlock/unlocked.js';
import { UnlistedNotice } from './unlisted-notice.js';
import { keepTimes } from '#public/text/shown-time.js';

export class App {
  private readonly state = new ViewStore();
  private readonly address = new Address(this.state);
  private readonly report: Report;
  private readonly searches: DetailSearches;
  private readonly matches: Matches;
  private readonly board: ChartBoard;
  private readonly table: EventTable;
  private readonly opened: Opened;
  private readonly box: QueryBox;
  private readonly answer: AnswerBox;
  private readonly presets: PresetStrip;
  private readonly empty: EmptyNotice;
  private readonly sessions: SessionView;
  private readonly sessionList: SessionList;
  private readonly zone: ZoneChoice;
  private readonly unlisted: UnlistedNotice;
  private readonly progress = new ProgressLine();
  /** The events that the charts show. */
  private charted: Filtered | undefined;

  constructor(
    private readonly manifest: EmbeddedManifest,
    worker: Worker,
    blocks: BlockSource,
    onBroken: (error: Error) => void,
    unlocked: Unlocked | undefined,
  ) {
    const { state, address } = this;
    setUpFrame(manifest);
    setUpControls({
      link: async () => unlocked?.askLink(address.link()) ?? address.link(),
      onLanguage: (language, isKept) => {
        state.set({ language: isKept ? '' : language }, 'typing');
        address.reload();
      },
    });
    this.zone = new ZoneChoice((zone) => {
      remember('zone', zone);
      state.set({ zone }, 'step');
    });
    showBriefing(byId('briefing'), manifest, (query) => {
      state.set({ query }, 'step');
      byId('query-form').scrollIntoView({ block: 'nearest' });
    });
    this.unlisted = new UnlistedNotice(byId('unlisted'), manifest);
    const listener = {
      onHits: (search: number, firstRow: number, hits: Uint8Array | undefined) => {
        this.searches.receive(search, firstRow, hits);
        this.matches.findSoon(hits === undefined);
      },
      onSlow: (source: string) => {
        this.searches.stop();
        this.box.showSlow(source);
      },
      onBroken,
    };
    this.report = new Report(manifest, worker, blocks, listener, unlocked?.seal);
    watchActs(() => this.report.hold(REST));
    this.searches = new DetailSearches(this.report);
    this.matches = new Matches(
      () => ({ query: state.query, sorting: this.table.sorting }),
      (view, toTop) => this.showView(view, toTop),
      ({ source }) => this.box.showSlow(source),
    );
    const change = (column: string, value: string, add: boolean): void =>
      state.ask(toggleValue(state.query, column, writtenValue(column, value), add));
    const range = manifest.report.timeRange;
    const timeRange = range ? ([Date.parse(range.from), Date.parse(range.to)] as const) : undefined;
    this.box = new QueryBox(
      new Completer({
        counts: async (query, column) => (this.matches.engine ? this.matches.counts(query, column) : undefined),
        timeRange,
      }),
      {
        onChange: (query, kind) => state.set({ query }, kind),
        onLeave: () => (this.sessions.isOpen ? this.sessions.focus() : this.table.focusFirst()),
      },
    );
    this.presets = new PresetStrip(byId('presets'), presetsFor(timeRange?.[1]), (toggle) =>
      state.ask(toggle(state.query)),
    );
    this.board = new ChartBoard(byId('charts'), manifest, {
      onValue: change,
      onSpan: (span) => state.ask(withTimeSpan(state.query, span)),
      onSettings: (settings) => state.set({ charts: printChartSettings(settings) }, 'typing'),
    });
    this.table = new EventTable(this.report, {
      query: () => state.query,
      onQuery: (query) => state.ask(query),
      counts: (query, column) => this.matches.counts(query, column),
      onSorting: (sorting) => state.set({ sort: printSorting(sorting) }, 'step'),
      onColumns: (columns) => state.set({ columns: printColumns(columns) }, 'typing'),
      onOpen: (index) => this.opened.open(index),
      onEscape: () => this.opened.close(),
      onExport: () => this.export(),
      onSessions: () => {
        state.set({ sessions: '-last' }, 'step');
        this.sessions.focus();
      },
    });
    this.sessions = new SessionView(byId('table'), {
      onSort: (sessions) => state.set({ sessions }, 'typing'),
      onAsk: (question) => state.set({ question }, 'step'),
      onChronology: (query) => {
        state.set({ query: printQuery(query), sort: 'time', sessions: '' }, 'step');
        this.table.focus();
      },
      onClose: () => {
        state.set({ sessions: '' }, 'step');
        this.table.focus();
      },
    });
    this.sessionList = new SessionList(this.report, this.sessions);
    const drawer = new Drawer(byId('detail'), manifest.detail, {
      onStep: (by) => this.opened.step(by),
      onClose: () => this.opened.close(),
      onFilter: change,
      onEvent: (link) => this.opened.showEvent(link),
      onPivot: (query, add) => {
        this.opened.keepInView();
        state.ask(add ? [...state.query, ...query] : query);
      },
    });
    this.opened = new Opened({
      report: this.report,
      table: this.table,
      drawer,
      view: () => this.matches.view,
      onChange: (event, kind) => state.set({ event }, kind),
    });
    this.empty = new EmptyNotice(byId('empty'), manifest, {
      onClear: () => state.ask([]),
      onCoverage: () => byId('badge').click(),
      finds: (node) => this.matches.engine?.finds(node) ?? false,
      onTry: (query) => {
        state.ask(query);
        this.box.focus();
      },
    });
    this.answer = new AnswerBox(manifest, {
      onAsk: (question) => state.set({ question }, 'step'),
      onEvidence: (row, query) => void this.showEvidence(row, query),
      onQuery: (query) => state.ask(query),
      onCoverage: () => byId('badge').click(),
    });
    setUpHelp(manifest, {
      onTry: (query) => {
        state.ask(query);
        this.box.focus();
      },
      onColumn: (name) => this.box.begin(name),
    });
    onKeys({
      w: () => this.answer.focus(),
      '/': () => this.box.focus(),
      '[': () => this.opened.step(-1),
      ']': () => this.opened.step(1),
      t: () => this.zone.toggle(),
      e: () => this.export(),
      '?': () => byId('help-button').click(),
    });
    state.subscribe((changed) => this.follow(changed));
    address.read();
    if (state.get().zone === '') state.set({ zone: remembered('zone') }, 'typing');
    keepTimes();
    printSummary(manifest, this.report, () => ({
      query: state.get().query,
      order: this.matches.view.order,
      times: this.matches.engine?.times ?? new Float64Array(0),
    }));
  }

  /** Reads what the first view needs, shows it, then reads the rest. */
  async start(): Promise<void> {
    const { rows } = this.manifest;
    this.box.showCount({ shown: rows, total: rows, all: this.manifest.report.events, searched: undefined });
    if (rows === 0) {
      this.showView(NOTHING, true);
      this.zone.offerAll();
      return;
    }
    const times = await readFirst(this.report, (share) => this.progress.show(share * 0.95));
    this.opened.begin(times);
    this.answer.begin(new ReportFacts(this.report, times));
    await this.matches.begin(new FilterEngine(this.report, times, this.searches));
    this.zone.offerAll();
    void this.opened.showLinked(this.state.get().event);
    await readRest(this.report);
    this.table.refresh();
    const { outcomes } = this.board;
    const warmUpSteps = outcomes && warmUp(this.report, times, outcomes);
    // Unnecessary if the user has already searched.
    await inSpareTime(() => !warmUpSteps || this.state.query.length > 0 || warmUpSteps.next().done === true);
    await this.answer.warm();
    await rankAhead(this.report, this.table.columns.shown);
  }

  /** Updates the page after a change of the view's state. */
  private follow(changed: ReadonlySet<ViewKey>): void {
    const { query, question, sort, columns, charts, event, sessions, zone } = this.state.get();
    if (changed.has('zone')) this.zone.show(zone);
    if (changed.has('question')) this.answer.show(question);
    if (changed.has('query')) this.box.show(query, this.state.queryFault);
    if (changed.has('sort')) this.table.sorting = parseSorting(sort);
    if (changed.has('columns') && columns !== printColumns(this.table.columns))
      this.table.columns = parseColumns(columns);
    if (changed.has('charts')) this.board.draw(parseChartSettings(charts));
    if (changed.has('sessions')) this.showSessions(sessions);
    const found = changed.has('query') || changed.has('sort') ? this.matches.find(true) : Promise.resolve();
    if (changed.has('event')) void found.then(() => this.opened.showLinked(event));
  }

  private showSessions(sort: string): void {
    this.sessions.open(sort);
    const { engine, view } = this.matches;
    if (engine) void this.sessionList.follow(view.filtered, engine.times);
  }

  private export(): void {
    openExportDialog({
      report: this.report,
      rows: async () => {
        if (this.manifest.rows === 0) return { rows: new Uint32Array(0), times: new Float64Array(0) };
        const { times } = await this.matches.begun;
        return { rows: this.matches.view.filtered.rows.list(), times };
      },
      shown: () => this.table.columns.shown,
    });
  }

  private showView(view: View, toTop: boolean): void {
    const { engine } = this.matches;
    const shown = view.order.length;
    this.table.show(view.order, engine?.times ?? new Float64Array(0), toTop);
    this.opened.follow();
    this.empty.show(shown, this.state.query);
    const searched = engine?.searched;
    const { rows, report } = this.manifest;
    this.box.showCount({ shown, total: rows, all: report.events, searched });
    this.unlisted.show(shown < rows);
    this.presets.show(this.state.query);
    this.box.showClear();
    this.progress.show(searched ?? 1);
    if (engine) void this.sessionList.follow(view.filtered, engine.times);
    if (engine && view.filtered !== this.charted) {
      this.charted = view.filtered;
      this.board.show(this.state.query, view.filtered, engine.times, this.report.columns);
    }
  }

  /** Opens an event that an answer refers to, among all events that the answer is about. */
  private async showEvidence(row: number, query: Query): Promise<void> {
    this.state.ask(query);
    await this.matches.find(true);
    await this.opened.show(row);
  }
}

/**
 * chart.js without what the page never asks of it: half of it, of which no bundler can tell, because methods are called
 * by name. Left out is what serves pointers, animations, plugins, hidden data, other axes and other forms of data. Were
 * any of it called, it would not be there: the call throws. `test/browser/chart-parts.test.ts` compares the pictures.
 */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

interface Unused {
  /** Functions whose calls stay, and do nothing. */
  readonly functions: readonly string[];
  /** Classes that nothing makes an instance of. */
  readonly classes: readonly string[];
  /** Methods of classes that stay. */
  readonly methods: Readonly<Record<string, readonly string[]>>;
}

/** By chart.js's files. */
const UNUSED: Readonly<Record<string, Unused>> = {
  'dist/chart.js': {
    functions: [
      '_detectPlatform',
      'autoSkip',
      'computeFlexCategoryTraits',
      'convertObjectDataToArray',
      'getOpts',
      'parseFloatBar',
      'pluginOpts',
      'barSign',
    ],
    classes: [
      'Animation',
      'DateAdapterBase',
      'LinearScale',
      'LogarithmicScale',
      'RadialLinearScale',
      'TimeScale',
      'TimeSeriesScale',
    ],
    methods: {
      Animator: ['_notify', '_refresh', '_update', 'add', 'start'],
      Animations: ['_animateOptions', '_createAnimations'],
      BarController: ['getLabelAndValue', 'parseArrayData', 'parseObjectData', 'updateRangeFromParsed'],
      BarElement: ['getCenterPoint', 'getRange', 'inRange', 'inXRange', 'inYRange'],
      Chart: [
        '_eventHandler',
        '_getActiveElements',
        '_handleEvent',
        '_resetElements',
        '_updateHoverStyles',
        '_updateVisibility',
        'bindResponsiveEvents',
        'getActiveElements',
        'getElementsAtEventForMode',
        'getVisibleDatasetCount',
        'hide',
        'isPluginEnabled',
        'isPointInArea',
        'reset',
        'setActiveElements',
        'setDatasetVisibility',
        'show',
        'toBase64Image',
        'toggleDataVisibility',
        'unregister',
        'updateHoverStyle',
      ],
      Config: ['datasetAnimationScopeKeys', 'pluginScopeKeys'],
      DatasetController: [
        '_getOtherScale',
        '_onDataPop',
        '_onDataPush',
        '_onDataShift',
        '_onDataSplice',
        '_onDataUnshift',
        '_removeDatasetHoverStyle',
        '_setDatasetHoverStyle',
        '_setStyle',
        '_sync',
        'draw',
        'getDataElement',
        'getLabelAndValue',
        'getMaxOverflow',
        'getMinMax',
        'getStyle',
        'parseArrayData',
        'parseObjectData',
        'parsePrimitiveData',
        'removeHoverStyle',
        'reset',
        'resolveDatasetElementOptions',
        'setHoverStyle',
        'updateRangeFromParsed',
      ],
      Element: ['hasValue', 'tooltipPosition'],
      Registry: [
        'addControllers',
        'addElements',
        'addPlugins',
        'addScales',
        'remove',
        'removeControllers',
        'removeElements',
        'removePlugins',
        'removeScales',
      ],
      Scale: [
        '_calculatePadding',
        '_computeGridLineItems',
        '_computeLabelArea',
        '_computeLabelItems',
        '_computeLabelSizes',
        '_getLabelSizes',
        '_getXAxisLabelAlignment',
        '_getYAxisLabelAlignment',
        '_handleMargins',
        '_maxDigits',
        '_resolveTickFontOptions',
        '_tickSize',
        'calculateLabelRotation',
        'draw',
        'drawBackground',
        'drawBorder',
        'drawGrid',
        'drawLabels',
        'drawTitle',
        'fit',
        'getDecimalForPixel',
        'getLabelItems',
        'getLineWidthForValue',
        'getMinMax',
        'getTicks',
        'getUserBounds',
        'isFullSize',
      ],
      TypedRegistry: ['unregister'],
    },
  },
  'dist/chunks/index.js': {
    functions: ['addRoundedRectPath', 'applyAnimationsDefaults', 'applyScaleDefaults', 'getHoverColor'],
    classes: [],
    methods: {},
  },
};

/** Leaves it out of a bundle. */
export const chartParts: Plugin = {
  name: 'chart-parts',
  setup(build) {
    for (const [file, unused] of Object.entries(UNUSED)) {
      const path = new RegExp(`[\\\\/]chart\\.js[\\\\/]${file.replaceAll('.', '\\.').replaceAll('/', '[\\\\/]')}$`);
      build.onLoad({ filter: path }, async ({ path }) => ({
        contents: without(await readFile(path, 'utf8'), unused),
        loader: 'js',
      }));
    }
  },
};

/** The source, as chart.js's build lays it out, without what is unused. Throws where it has no such thing. */
function without(source: string, { functions, classes, methods }: Unused): string {
  let rest = source.replaceAll('\r\n', '\n');
  for (const name of functions) rest = replaced(rest, declaration('function', name), () => `function ${name}() {}`);
  for (const name of classes) rest = replaced(rest, declaration('class', name), () => `class ${name} {}`);
  for (const [owner, names] of Object.entries(methods)) {
    rest = replaced(rest, declaration('class', owner), (whole) =>
      names.reduce((kept, name) => replaced(kept, method(name), () => ''), whole),
    );
  }
  return rest;
}

function replaced(source: string, part: RegExp, by: (found: string) => string): string {
  const found = part.exec(source);
  if (!found) throw new Error(`chart.js is another than the page was made for: it has no ${part.source}`);
  return source.slice(0, found.index) + by(found[0]) + source.slice(found.index + found[0].length);
}

/** At the top level, after what may close a comment, up to the brace that begins a line. */
function declaration(kind: string, name: string): RegExp {
  return new RegExp(`(?<=^[ */]*)${kind} ${name}\\b[^]*?^}$`, 'm');
}

/** Up to the brace that closes it, four spaces deep. */
function method(name: string): RegExp {
  return new RegExp(`(?<=^[ */]*)(?:static )?${name}\\(.*\\) ?\\{(?:\\n[^]*?^    )?}$`, 'm');
}

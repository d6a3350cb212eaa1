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
  /** Methods whose calls stay, and do nothing, by class. */
  readonly idle: Readonly<Record<string, readonly string[]>>;
  /** Methods that nothing calls, by class; `static` belongs to the name. */
  readonly uncalled: Readonly<Record<string, readonly string[]>>;
}

/** By chart.js's files. */
const UNUSED: Readonly<Record<string, Unused>> = {
  'dist/chart.js': {
    functions: [
      '_detectPlatform',
      'autoSkip',
      'axisFromPosition',
      'clearStacks',
      'convertObjectDataToArray',
      'createDataContext',
      'createDatasetContext',
      'createTickContext',
      'defaultClip',
      'getAxisFromDefaultScaleID',
      'getFirstScaleId',
      'isStacked',
      'onAnimationProgress',
      'onAnimationsComplete',
      'retrieveAxisFromDatasets',
      'routeDefaults',
      'sample',
      'toClip',
      'updateStacks',
    ],
    classes: [
      'Animation',
      'Animations',
      'DateAdapterBase',
      'LinearScale',
      'LogarithmicScale',
      'RadialLinearScale',
      'TimeScale',
      'TimeSeriesScale',
    ],
    idle: {
      DatasetController: ['_update', 'configure', 'initialize', 'linkScales', 'updateIndex'],
      Animator: ['has', 'listen', 'remove', 'running', 'stop'],
      Chart: [
        '_checkEventBindings',
        '_removeUnreferencedMetasets',
        '_updateHiddenIndices',
        'bindUserEvents',
        'unbindEvents',
      ],
      PluginService: ['notify'],
    },
    uncalled: {
      Animator: ['_getAnims', '_notify', '_refresh', '_update', 'add', 'start'],
      Chart: [
        '_eventHandler',
        '_getActiveElements',
        '_getUniformDataChanges',
        '_handleEvent',
        '_resetElements',
        '_updateHoverStyles',
        '_updateVisibility',
        'bindResponsiveEvents',
        'getActiveElements',
        'getDataVisibility',
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
        'static unregister',
        'updateHoverStyle',
      ],
      Config: ['datasetAnimationScopeKeys', 'datasetElementScopeKeys', 'pluginScopeKeys', 'resolveNamedOptions'],
      DatasetController: [
        '_dataCheck',
        '_getOtherScale',
        '_getSharedOptions',
        '_insertElements',
        '_onDataPop',
        '_onDataPush',
        '_onDataShift',
        '_onDataSplice',
        '_onDataUnshift',
        '_removeDatasetHoverStyle',
        '_removeElements',
        '_resolveAnimations',
        '_resolveElementOptions',
        '_resyncElements',
        '_setDatasetHoverStyle',
        '_setStyle',
        '_sync',
        'addElements',
        'applyStack',
        'buildOrUpdateElements',
        'draw',
        'getAllParsedValues',
        'getContext',
        'getDataElement',
        'getLabelAndValue',
        'getMaxOverflow',
        'getMinMax',
        'getParsed',
        'getScaleForId',
        'getSharedOptions',
        'getStyle',
        'includeOptions',
        'parse',
        'parseArrayData',
        'parseObjectData',
        'parsePrimitiveData',
        'removeHoverStyle',
        'reset',
        'resolveDataElementOptions',
        'resolveDatasetElementOptions',
        'setHoverStyle',
        'updateElement',
        'updateElements',
        'updateRangeFromParsed',
        'updateSharedOptions',
      ],
      Element: ['getProps', 'hasValue', 'tooltipPosition'],
      PluginService: ['_createDescriptors', '_descriptors', '_notify', '_notifyStateChanges'],
      Registry: [
        'addControllers',
        'addElements',
        'addPlugins',
        'addScales',
        'getPlugin',
        'remove',
        'removeControllers',
        'removeElements',
        'removePlugins',
        'removeScales',
      ],
      Scale: [
        '_calculatePadding',
        '_callHooks',
        '_computeGridLineItems',
        '_computeLabelArea',
        '_computeLabelItems',
        '_computeLabelSizes',
        '_convertTicksToLabels',
        '_getLabelSizes',
        '_getXAxisLabelAlignment',
        '_getYAxisLabelAlignment',
        '_handleMargins',
        '_isVisible',
        '_layers',
        '_maxDigits',
        '_resolveTickFontOptions',
        '_tickSize',
        'afterAutoSkip',
        'afterBuildTicks',
        'afterCalculateLabelRotation',
        'afterDataLimits',
        'afterFit',
        'afterSetDimensions',
        'afterTickToLabelConversion',
        'afterUpdate',
        'beforeBuildTicks',
        'beforeCalculateLabelRotation',
        'beforeDataLimits',
        'beforeFit',
        'beforeSetDimensions',
        'beforeTickToLabelConversion',
        'beforeUpdate',
        'buildTicks',
        'calculateLabelRotation',
        'determineDataLimits',
        'draw',
        'drawBackground',
        'drawBorder',
        'drawGrid',
        'drawLabels',
        'drawTitle',
        'fit',
        'generateTickLabels',
        'getBasePixel',
        'getBaseValue',
        'getDecimalForPixel',
        'getLabelItems',
        'getLabels',
        'getLineWidthForValue',
        'getMatchingVisibleMetas',
        'getMinMax',
        'getPadding',
        'getPixelForTick',
        'getTicks',
        'getUserBounds',
        'isFullSize',
        'update',
      ],
      TypedRegistry: ['unregister'],
    },
  },
  'dist/chunks/index.js': {
    functions: [
      '_addGrace',
      '_resolveArray',
      'addRoundedRectPath',
      'applyAnimationsDefaults',
      'applyScaleDefaults',
      'getDatasetClipArea',
      'getHoverColor',
      'listenArrayEvents',
      'unlistenArrayEvents',
    ],
    classes: [],
    idle: {},
    uncalled: { Defaults: ['route'] },
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
function without(source: string, { functions, classes, idle, uncalled }: Unused): string {
  let rest = source.replaceAll('\r\n', '\n');
  for (const name of functions) rest = replaced(rest, declaration('function', name), () => `function ${name}() {}`);
  for (const name of classes) rest = replaced(rest, declaration('class', name), () => `class ${name} {}`);
  rest = withoutMethods(rest, idle, (name) => `${name}() {}`);
  return withoutMethods(rest, uncalled, () => '');
}

function withoutMethods(source: string, methods: Unused['idle'], instead: (name: string) => string): string {
  return Object.entries(methods).reduce(
    (rest, [owner, names]) =>
      replaced(rest, declaration('class', owner), (whole) =>
        names.reduce((kept, name) => replaced(kept, method(name), () => instead(name)), whole),
      ),
    source,
  );
}

function replaced(source: string, part: RegExp, by: (found: string) => string): string {
  const found = part.exec(source);
  if (!found) throw new Error(`chart.js is another than the page was made for: it has no ${part.source}`);
  return source.slice(0, found.index) + by(found[0]) + source.slice(found.index + found[0].length);
}

/**
 * At the top level, after what may close a comment, up to the brace that begins a line. What stands before is looked at
 * last: an expression that begins with plain text is found three times as fast.
 */
function declaration(kind: string, name: string): RegExp {
  const beginning = `${kind} ${name}`;
  return new RegExp(`${beginning}\\b(?<=^[ */]*${beginning})[^]*?^}$`, 'm');
}

/** Up to the brace that closes it, four spaces deep; of a static one the name begins with `static`. */
function method(name: string): RegExp {
  return new RegExp(`${name}\\((?<=^[ */]*${name}\\()(?:[^()]|\\(\\))*\\) ?\\{(?:\\n[^]*?^    )?}$`, 'm');
}

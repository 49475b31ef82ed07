import type { Binding, RealmContext } from '../context.ts';
import { host } from '../host.ts';
import type { StackEnhancers } from '../fatal.ts';
import { createHistogramClasses } from './histogram.ts';
import { createReportBinding } from './report.ts';

const nothing = (): void => undefined;

/** The `errors` binding. */
export function createErrorsBinding(realm: RealmContext, enhancers: StackEnhancers): Binding {
  let mapped: StackEnhancers['mapped'];
  let mapping = false;
  const update = (): void => {
    enhancers.mapped = mapping ? mapped : undefined;
  };
  return {
    exitCodes: realm.constantsOf('errors')['exitCodes'],
    setPrepareStackTraceCallback: nothing,
    setGetSourceMapErrorSource(own: NonNullable<StackEnhancers['mapped']>) {
      mapped = own;
      update();
    },
    setSourceMapsEnabled(enabled: boolean) {
      mapping = enabled;
      update();
    },
    setMaybeCacheGeneratedSourceMap: nothing,
    setEnhanceStackForFatalException(
      before: (error: object) => string | undefined,
      after: (error: object) => string | undefined,
    ) {
      enhancers.before = before;
      enhancers.after = after;
    },
    noSideEffectsToString(value: unknown): string {
      if (typeof value === 'symbol') return value.toString();
      if (typeof value === 'object' && value !== null) {
        return value instanceof Error
          ? `${value.name}: ${value.message}`
          : `#<${value.constructor?.name ?? 'Object'}>`;
      }
      return String(value);
    },
    triggerUncaughtException: (error: unknown, fromPromise: boolean) => realm.fatal(error, fromPromise),
  };
}

/** The `options` binding. */
export function createOptionsBinding(realm: RealmContext): Binding {
  const given = realm.constantsOf('options');
  const info = given['info'] as { options: [string, object][]; aliases: [string, string[]][] };
  return {
    envSettings: given['envSettings'],
    types: given['types'],
    getCLIOptionsValues: () => realm.options.values,
    getCLIOptionsInfo: () => ({ options: new Map(info.options), aliases: new Map(info.aliases) }),
    getEmbedderOptions: () => given['embedder'],
  };
}

/** Programs see what concerns garbage collection; Node's library finds the rest. */
function visibleConstants(constants: Readonly<Record<string, number>>): PropertyDescriptorMap {
  const entries = Object.entries(constants).map(([name, value]): [string, PropertyDescriptor] => [
    name,
    { value, enumerable: name.startsWith('NODE_PERFORMANCE_GC_') },
  ]);
  return Object.fromEntries(entries);
}

/** The `performance` binding: clock and milestones. */
export function createPerformanceBinding(realm: RealmContext): Binding {
  const given = realm.constantsOf('performance');
  const constants = given['constants'] as Record<string, number>;
  const start = host.now();
  const milestones = new Float64Array(8).fill(start * 1e6);
  const originTimestamp = constants['NODE_PERFORMANCE_MILESTONE_TIME_ORIGIN_TIMESTAMP'] ?? 0;
  milestones[originTimestamp] = (host.timeOrigin + start) * 1e3;
  return {
    constants: Object.defineProperties({}, visibleConstants(constants)),
    milestones,
    observerCounts: new Uint32Array(5),
    now: () => host.now() - start,
    loopIdleTime: () => 0,
    setupObservers: nothing,
    notify: nothing,
    installGarbageCollectionTracking: nothing,
    removeGarbageCollectionTracking: nothing,
    uvMetricsInfo: () => [0, 0, 0],
    ...createHistogramClasses(realm),
    markBootstrapComplete() {
      realm.booted = true;
      milestones[constants['NODE_PERFORMANCE_MILESTONE_BOOTSTRAP_COMPLETE'] ?? 7] = host.now() * 1e6;
    },
  };
}

/** The `trace_events` binding: nobody traces. */
export function createTraceBinding(): Binding {
  return {
    getEnabledCategories: nothing,
    setTraceCategoryStateUpdateHandler: nothing,
    getCategoryEnabledBuffer: () => new Uint8Array(1),
    isTraceCategoryEnabled: () => false,
    trace: nothing,
  };
}

/** The `v8` binding: statistics of a heap that nobody may look into. */
export function createV8Binding(realm: RealmContext): Binding {
  const heap = new Float64Array(14);
  return {
    ...realm.constantsOf('v8'),
    heapStatisticsBuffer: heap,
    heapCodeStatisticsBuffer: new Float64Array(4),
    heapSpaceStatisticsBuffer: new Float64Array(4),
    cachedDataVersionTag: () => 0,
    setHeapSnapshotNearHeapLimit: nothing,
    setFlagsFromString: nothing,
    updateHeapStatisticsBuffer: () => heap.set([2 ** 26, 2 ** 20, 2 ** 26, 2 ** 31, 2 ** 25, 2 ** 31]),
    updateHeapCodeStatisticsBuffer: nothing,
    updateHeapSpaceStatisticsBuffer: nothing,
  };
}

/** Small bindings that are constants and a few answers that never vary. */
export function createSmallBindings(realm: RealmContext): Record<string, () => Binding> {
  return {
    config: () => {
      const { $functions: _functions, ...config } = realm.constantsOf('config');
      return {
        ...config,
        // Without an inspector nothing is set up for one; once the program runs, its modules load all the same.
        get hasInspector() {
          return realm.booted;
        },
      };
    },
    constants: () => withoutPrototypes(realm.constantsOf('constants')),
    symbols: () => realm.symbols as Binding,
    mksnapshot: () => ({
      anonymousMainPath: '__node_anonymous_main',
      isBuildingSnapshotBuffer: new Uint8Array(1),
      setSerializeCallback: nothing,
      setDeserializeCallback: nothing,
      setDeserializeMainFunction: nothing,
      runEmbedderPreload: nothing,
      compileSerializeMain: () => realm.missing('mksnapshot'),
    }),
    permission: () => ({ has: () => true }),
    sea: () => ({ isSea: () => false, isExperimentalSeaWarningNeeded: () => false, getAsset: nothing }),
    wasm_web_api: () => ({ setImplementation: nothing }),
    internal_only_v8: () => ({ queryObjects: () => realm.missing('v8.queryObjects') }),
    http2: () => ({
      ...realm.constantsOf('http2'),
      setCallbackFunctions: nothing,
      sessionState: new Float64Array(9),
      streamState: new Float64Array(6),
      settingsBuffer: new Uint32Array(29),
      optionsBuffer: new Uint32Array(11),
      streamStats: new Float64Array(6),
      sessionStats: new Float64Array(9),
    }),
    report: () => createReportBinding(realm),
    inspector: () => ({
      isEnabled: () => false,
      url: nothing,
      console: host.console,
      setConsoleExtensionInstaller: nothing,
      registerAsyncHook: nothing,
      emitProtocolEvent: nothing,
    }),
    uv: () => createUvBinding(realm),
    tty_wrap: () => ({ isTTY: () => false }),
  };
}

/** Node's tables of constants inherit nothing. */
function withoutPrototypes(table: Record<string, unknown>): Binding {
  for (const value of Object.values(table)) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      withoutPrototypes(value as Record<string, unknown>);
  }
  return Object.setPrototypeOf(table, null) as Binding;
}

function createUvBinding(realm: RealmContext): Binding {
  const { errorMap, $functions: _functions, ...codes } = realm.constantsOf('uv');
  const errors = new Map(errorMap as [number, [string, string]][]);
  return {
    ...codes,
    errname: (errno: number) => errors.get(errno)?.[0] ?? `Unknown system error ${errno}`,
    getErrorMap: () => errors,
    getErrorMessage: (errno: number) => errors.get(errno)?.[1] ?? `Unknown system error ${errno}`,
  };
}

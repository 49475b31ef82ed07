import type { Binding, RealmContext } from '../context.ts';

/** The C library of the machine that the engine presents; loaders of compiled packages choose their files by it. */
const glibcVersion = '2.36';

const nothing = (): void => undefined;

/**
 * The `report` binding: `process.report`, of which packages read the header to learn about the machine. A report on
 * disk is missing; nothing of the machine below is in it.
 */
export function createReportBinding(realm: RealmContext): Binding {
  const state = { compact: false, excludeNetwork: false, directory: '', filename: '', signal: 'SIGUSR2' };
  const given = realm.constantsOf('process');
  const header = (): Record<string, unknown> => {
    const now = new Date();
    return {
      reportVersion: 3,
      event: 'JavaScript API',
      trigger: 'GetReport',
      filename: null,
      dumpEventTime: now.toISOString().replace(/\.\d+/, ''),
      dumpEventTimeStamp: String(now.getTime()),
      processId: realm.port.start.pid,
      threadId: 0,
      cwd: realm.cwd,
      commandLine: realm.process['argv'],
      nodejsVersion: given['version'],
      glibcVersionRuntime: glibcVersion,
      glibcVersionCompiler: glibcVersion,
      wordSize: 64,
      arch: given['arch'],
      platform: given['platform'],
      componentVersions: given['versions'],
      release: given['release'],
      osName: 'Linux',
      cpus: [],
      networkInterfaces: [],
      host: 'localhost',
    };
  };
  return {
    shouldReportOnUncaughtException: () => false,
    setReportOnUncaughtException: nothing,
    shouldReportOnFatalError: () => false,
    setReportOnFatalError: nothing,
    shouldReportOnSignal: () => false,
    setReportOnSignal: nothing,
    getCompact: () => state.compact,
    setCompact: (value: boolean) => void (state.compact = value),
    getExcludeNetwork: () => state.excludeNetwork,
    setExcludeNetwork: (value: boolean) => void (state.excludeNetwork = value),
    getDirectory: () => state.directory,
    setDirectory: (value: string) => void (state.directory = value),
    getFilename: () => state.filename,
    setFilename: (value: string) => void (state.filename = value),
    getSignal: () => state.signal,
    setSignal: (value: string) => void (state.signal = value),
    getReport: (stack: string) =>
      JSON.stringify({
        header: header(),
        javascriptStack: { message: String(stack).split('\n')[0], stack: String(stack).split('\n').slice(1) },
        javascriptHeap: {},
        nativeStack: [],
        libuv: [],
        workers: [],
        environmentVariables: realm.process['env'],
        userLimits: {},
        sharedObjects: [],
      }),
  };
}

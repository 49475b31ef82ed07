import type { Binding, ProcessObject, RealmContext } from '../context.ts';
import { parseEnvText } from '../env-file.ts';
import { host } from '../host.ts';
import { layout } from '../../kernel/layout.ts';
import { ignoredByDefault } from '../../kernel/process.ts';
import { SyscallError } from '../../kernel/process-port.ts';
import { Signals } from './signals.ts';

/** Bytes that a process seems to use; a browser tells no process how much it has. */
/** SIGRTMAX of Linux. */
const lastSignal = 64;
const residentBytes = 64 * 2 ** 20;
const totalBytes = 2 ** 31;

/** Makes a property that lists and reads like a plain one but is kept elsewhere. */
function define(object: ProcessObject, name: string, value: unknown, writable = true): void {
  Object.defineProperty(object, name, { value, writable, enumerable: true, configurable: true });
}

/** A copy whose properties cannot be written. */
function readOnly(values: object): object {
  const entries = Object.entries(values).map(([key, value]: [string, unknown]) => [
    key,
    { value, writable: false, enumerable: true, configurable: true },
  ]);
  return Object.defineProperties({}, Object.fromEntries(entries) as PropertyDescriptorMap);
}

/** As the language turns a value into text; a symbol is no text. */
const textOf = (value: unknown): string => `${value as string}`;

function refusal(message: string): TypeError {
  const error = new TypeError(message);
  return Object.assign(error, { code: 'ERR_INVALID_OBJECT_DEFINE_PROPERTY' });
}

/** Environment variables behave as in Node: values become strings, no prototype to fall back on. */
export function createEnvironment(initial: Readonly<Record<string, string>>): Record<string, string> {
  const target: Record<string, string> = Object.assign({}, initial);
  return new Proxy(target, {
    set(env, key, value) {
      if (typeof key === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
      env[key] = textOf(value);
      return true;
    },
    defineProperty(env, key, descriptor) {
      const { get, set, configurable, writable, enumerable } = descriptor;
      if (get !== undefined || set !== undefined)
        throw refusal("'process.env' does not accept an accessor(getter/setter) descriptor");
      if (configurable !== true || writable !== true || enumerable !== true)
        throw refusal("'process.env' only accepts a configurable, writable, and enumerable data descriptor");
      return Reflect.defineProperty(env, key, { ...descriptor, value: textOf(descriptor.value) });
    },
  });
}

/** The `process_methods` binding: clocks, directories, signals and the end of the process. */
export function createProcessBinding(realm: RealmContext, args: readonly string[]): Binding {
  const { port } = realm;
  const start = realm.port.start;
  const begun = host.now();
  const hrtimeBuffer = new Uint32Array(3);
  const bigHrtime = new BigUint64Array(hrtimeBuffer.buffer, 0, 1);
  const signals = realm.constantsOf('constants')['os'] as { signals: Record<string, number> };
  /** As on Linux the clock counts from the machine's start, not from the process's. */
  const nanoseconds = (): bigint =>
    BigInt(Math.floor((host.timeOrigin % 1e8) * 1e3 + host.now() * 1e3)) * 1000n;

  return {
    hrtimeBuffer,
    hrtime() {
      const now = nanoseconds();
      const seconds = now / 1_000_000_000n;
      hrtimeBuffer[0] = Number(seconds >> 32n);
      hrtimeBuffer[1] = Number(seconds & 0xffffffffn);
      hrtimeBuffer[2] = Number(now % 1_000_000_000n);
    },
    hrtimeBigInt() {
      bigHrtime[0] = nanoseconds();
    },
    cwd: () => realm.cwd,
    chdir(directory: string) {
      const path = directory.startsWith('/') ? directory : `${realm.cwd}/${directory}`;
      let real: string;
      try {
        real = realm.fs.realpath(path);
        if ((realm.fs.stat(real).mode & 0o170000) !== 0o040000)
          throw Object.assign(new Error(), { code: 'ENOTDIR' });
      } catch (error) {
        const code = (error as { code?: string }).code ?? 'ENOENT';
        throw realm.uvError(realm.errno(code), 'chdir', realm.cwd, directory);
      }
      realm.cwd = real;
    },
    umask(mask?: number): number {
      const old = realm.umask;
      if (mask !== undefined) realm.umask = mask & 0o777;
      return old;
    },
    memoryUsage(out: Float64Array) {
      out.set([residentBytes, residentBytes / 2, residentBytes / 4, 2 ** 21, 2 ** 14]);
    },
    rss: () => residentBytes,
    constrainedMemory: () => totalBytes,
    availableMemory: () => totalBytes - residentBytes,
    cpuUsage(out: Float64Array) {
      out[0] = (host.now() - begun) * 1000;
      out[1] = 0;
    },
    resourceUsage: (out: Float64Array) => out.fill(0),
    uptime: () => (host.now() - begun) / 1000,
    _getActiveRequests: () => [],
    _getActiveHandles: () => [],
    getActiveResourcesInfo: () => [],
    _kill(pid: number, signal: number): number {
      if (signal < 0 || signal > lastSignal) return realm.errno('EINVAL');
      if (pid === start.pid) {
        if (signal !== 0) deliverToSelf(realm, signal);
        return 0;
      }
      try {
        port.callSync({ call: 'kill', pid: pid === 0 ? -start.pid : pid, signal });
        return 0;
      } catch (error) {
        return realm.errno(error instanceof SyscallError ? error.code : 'ESRCH');
      }
    },
    _rawDebug(text: string) {
      port.write('stderr', new host.TextEncoder().encode(`${text}\n`));
    },
    _debugProcess: () => undefined,
    _debugEnd: () => undefined,
    setEmitWarningSync: () => undefined,
    reallyExit: (code: number) => realm.exit(code),
    abort() {
      const signal = signals.signals['SIGABRT'] ?? 6;
      realm.exit(128 + signal, signal);
    },
    causeSegfault: () => realm.exit(139),
    dlopen(...given: unknown[]) {
      if (given.length < 2) {
        const message = 'process.dlopen needs at least 2 arguments';
        throw Object.assign(new TypeError(message), { code: 'ERR_MISSING_ARGS' });
      }
      realm.loadAddon(given[0] as { exports: unknown }, String(given[1]));
    },
    loadEnvFile(path: string) {
      const env = realm.process['env'] as Record<string, string>;
      let text: string;
      try {
        text = realm.fs.readText(path.startsWith('/') ? path : `${realm.cwd}/${path}`);
      } catch {
        throw realm.uvError(realm.errno('ENOENT'), 'open', path);
      }
      for (const [key, value] of Object.entries(parseEnvText(text))) if (!(key in env)) env[key] = value;
    },
    patchProcessObject(process: ProcessObject) {
      define(process, 'title', 'node');
      define(process, 'argv', [...args]);
      define(process, 'execArgv', [...realm.options.execArgv]);
      define(process, 'versions', readOnly(realm.constantsOf('process')['versions'] as object), false);
      define(process, 'pid', start.thread?.pid ?? start.pid);
      define(process, 'ppid', start.thread?.ppid ?? start.ppid);
      define(process, 'execPath', layout.nodePath);
      define(process, 'debugPort', 9229);
    },
  };
}

/** A signal to oneself: a handler takes it in a later turn, else it ends the process. */
function deliverToSelf(realm: RealmContext, signal: number): void {
  const signals = Signals.of(realm);
  if (signals.handles(signal)) realm.complete(() => signals.deliver(signal));
  else if (!ignoredByDefault.has(signal)) realm.exit(128 + signal, signal);
}

/** The `credentials` binding: the sandbox's only user is root, as in the benchmark's containers. */
export function createCredentialsBinding(realm: RealmContext): Binding {
  const zero = (): number => 0;
  return {
    implementsPosixCredentials: true,
    safeGetenv: (name: string) => (realm.process['env'] as Record<string, string | undefined>)[name],
    getuid: zero,
    geteuid: zero,
    getgid: zero,
    getegid: zero,
    getgroups: () => [0],
    setuid: zero,
    seteuid: zero,
    setgid: zero,
    setegid: zero,
    setgroups: zero,
    initgroups: zero,
  };
}

/** The `os` binding. */
export function createOsBinding(realm: RealmContext): Binding {
  const homeOf = (): string =>
    (realm.process['env'] as Record<string, string | undefined>)['HOME'] ?? layout.home;
  const priorities = new Map<number, number>();
  return {
    isBigEndian: false,
    getHostname: () => 'localhost',
    getOSInformation: () => ['Linux', '5.15.0', '#1 SMP', 'x86_64'],
    getHomeDirectory: homeOf,
    getTotalMem: () => totalBytes,
    getFreeMem: () => totalBytes / 2,
    getCPUs: () => ['virtual', 2000, 0, 0, 0, 0, 0],
    getUptime: () => host.now() / 1000,
    getLoadAvg: (out: Float64Array) => void out.fill(0),
    getInterfaceAddresses: () => ['lo', '127.0.0.1', '255.0.0.0', 'IPv4', '00:00:00:00:00:00', true, -1],
    getUserInfo(options?: { encoding?: string }) {
      const { Buffer } = realm.require('buffer') as { Buffer: { from(text: string): unknown } };
      const text = (value: string): unknown => (options?.encoding === 'buffer' ? Buffer.from(value) : value);
      const [username, homedir, shell] = ['root', layout.home, '/bin/bash'].map(text);
      return { uid: 0, gid: 0, username, homedir, shell };
    },
    getAvailableParallelism: () => 1,
    getPriority: (pid: number) => priorities.get(pid) ?? 0,
    setPriority(pid: number, priority: number): number {
      priorities.set(pid, priority);
      return 0;
    },
  };
}

import type { AsyncWrapBinding } from './bindings/async-wrap.ts';
import { Listeners } from './bindings/tcp.ts';
import { Signals } from './bindings/signals.ts';
import { PathListeners } from './bindings/pipe.ts';
import { Stdio } from './bindings/stdio.ts';
import { parseEnvText } from './env-file.ts';
import { layout } from '../kernel/layout.ts';
import { ignoredByDefault } from '../kernel/process.ts';
import { host, utf8Encoder } from './host.ts';
import type { EventLoop } from './loop.ts';
import { OptionError } from './options.ts';
import { type Realm } from './realm.ts';

/** Exit code of a command line that Node refuses. */
const invalidCommandLine = 9;
/** EX_SOFTWARE of sysexits.h. */
const engineFault = 70;

/** The script of the library that a command line starts, as node.cc chooses. */
function mainScript({ options, port }: Realm): string {
  if (port.start.thread !== undefined) return 'internal/main/worker_thread';
  const { values, rest, hasEval } = options;
  if (values['--help'] === true) return 'internal/main/print_help';
  if (hasEval && values['--interactive'] !== true) return 'internal/main/eval_string';
  if (values['--check'] === true) return 'internal/main/check_syntax';
  if (values['--test'] === true) return 'internal/main/test_runner';
  if (rest[0] !== undefined && rest[0] !== '-') return 'internal/main/run_main_module';
  if (values['--interactive'] === true) return 'internal/main/repl';
  return 'internal/main/eval_stdin';
}

function loadEnvFiles(realm: Realm): void {
  for (const option of ['--env-file', '--env-file-if-exists']) {
    const file = realm.options.values[option];
    if (typeof file !== 'string' || file === '') continue;
    const path = file.startsWith('/') ? file : `${realm.cwd}/${file}`;
    if (!realm.fs.exists(path)) {
      if (option === '--env-file-if-exists') continue;
      throw new OptionError(`${file}: not found`);
    }
    const env = realm.process['env'] as Record<string, string>;
    for (const [key, value] of Object.entries(parseEnvText(realm.fs.readText(path)))) {
      if (!(key in env)) env[key] = value;
    }
  }
}

/** What happens when nothing keeps the process alive: `beforeExit`, which may start something, then `exit`. */
function finish(realm: Realm): void {
  const { process, loop } = realm;
  const emit = process['emit'] as (event: string, code: unknown) => boolean;
  const exitCode = (): number => {
    const code = process['exitCode'];
    return typeof code === 'number' ? code : Number(code ?? 0);
  };
  const leave = (): void => {
    process['_exiting'] = true;
    loop.callback(() => Reflect.apply(emit, process, ['exit', exitCode()]), process, []);
    if (loop.stopped) return;
    loop.stop();
    // What promises have left to do, `process.on('exit')` included, still happens; timers and ticks do not.
    inLaterTask(() => realm.exit(exitCode()));
  };
  loop.callback(() => Reflect.apply(emit, process, ['beforeExit', exitCode()]), process, []);
  if (loop.stopped) return;
  const release = loop.hold();
  whenSettled(loop, () => {
    release();
    if (!loop.stopped && !loop.alive) leave();
  });
}

/** Runs `done` when the promises and ticks that are under way have been worked off, and what they began of their kind. */
function whenSettled(loop: EventLoop, done: () => void): void {
  inLaterTask(() => {
    if (loop.tickInfo[0] === 0) return done();
    loop.callback(() => undefined, undefined, []);
    if (!loop.stopped) whenSettled(loop, done);
  });
}

function inLaterTask(task: () => void): void {
  const { port1, port2 } = new host.MessageChannel();
  port1.onmessage = () => {
    port1.close();
    task();
  };
  port2.postMessage(0);
}

function listenToKernel(realm: Realm): void {
  const listeners = Listeners.of(realm);
  const stdio = Stdio.of(realm);
  const paths = PathListeners.of(realm);
  const signals = Signals.of(realm);
  realm.port.open({
    onAccept: (port, peerPort, channel) => listeners.accept(port, peerPort, channel),
    onStdin: (bytes) => stdio.stdin.push(bytes),
    onChildOutput: (pid, stream, bytes) => stdio.childOutput(pid, stream, bytes),
    onChildExit: (pid, code, signal) => stdio.childExit(pid, code, signal),
    onAcceptPath: (path, channel) => paths.accept(path, channel),
    onSignal(signal) {
      if (signals.handles(signal)) realm.callback(() => signals.deliver(signal), undefined);
      else if (!ignoredByDefault.has(signal)) realm.exit(128 + signal, signal);
    },
  });
}

/** Failures of this worker outside any callback: they must not reach the kernel as a fault of the engine. */
function catchStrayErrors(realm: Realm): void {
  host.addEventListener('error', (event) => {
    event.preventDefault();
    if (!realm.loop.stopped) realm.callback(() => realm.fatal((event as ErrorEvent).error, false), undefined);
  });
}

/** Runs a realm from its command line to its end. */
export function startRealm(realm: Realm): void {
  const { options, port, loop } = realm;
  if (options.values['--version'] === true) {
    port.write('stdout', utf8Encoder.encode(`${String(realm.process['version'])}\n`));
    return realm.exit(0);
  }
  loadEnvFiles(realm);
  realm.boot();
  catchStrayErrors(realm);
  loop.hooks.idle = () => finish(realm);
  listenToKernel(realm);
  const { main } = realm.binding('async_wrap') as AsyncWrapBinding;
  loop.callback(() => realm.runInternal(mainScript(realm)), main, []);
  loop.start();
}

/** Says on standard error what is wrong with a command line, and ends. */
export function refuseCommandLine(port: Realm['port'], error: OptionError): void {
  const given = port.start.argv[0] ?? 'node';
  const program = given === layout.nodePath ? 'node' : given;
  port.write('stderr', utf8Encoder.encode(`${program}: ${error.message}\n`));
  port.exit(invalidCommandLine);
}

/** A failure of this engine, not of the program: said on standard error, and the run is not scored. */
export function reportFault(port: Realm['port'], error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  port.report({
    type: 'unsupported',
    reason: 'engine',
    detail: `Node's realm failed to start: ${text}`.slice(0, 4_000),
  });
  port.write('stderr', utf8Encoder.encode(`The Node engine failed to start: ${text}\n`));
  port.exit(engineFault);
}

import type { LogLine } from '../domain/run.ts';
import type { Task } from '../domain/task.ts';
import type { FileMap, RawRequest, RawResponse, Sandbox } from '../engines/engine.ts';
import type { RunCollection } from '../postman/types.ts';
import { cancellable, sleep, throwIfCancelled } from './cancel.ts';
import { describeError } from './faults.ts';
import {
  LiveFault,
  type LiveEvents,
  type LiveServer,
  type SuiteAlone,
  type SuiteOptions,
  type SuiteState,
  type WorkOptions,
} from './live-types.ts';
import { install, stopServer, type Failed, type Server, type StageContext } from './processes.ts';
import { Recorder } from './recorder.ts';
import { bringUp, type Healthy } from './server-stages.ts';
import { testServer } from './suite-stage.ts';
import { removeSince, type Trace } from './trace.ts';
import type { RunEvent, RunRequest } from './types.ts';

export interface KeptServerParts {
  readonly request: RunRequest;
  /** What lay in the sandbox before the server was started first. */
  readonly before: Trace | undefined;
  readonly runCollection: RunCollection | undefined;
}

type Watched = Server & { exited?: true };

type Listeners = { readonly [K in keyof LiveEvents]: Set<(value: LiveEvents[K]) => void> };

/** A healthy server that outlives its run; see `LiveServer`. */
export class KeptServer implements LiveServer {
  readonly task: Task;
  readonly ended: Promise<string>;
  readonly #parts: KeptServerParts;
  readonly #sandbox: Sandbox;
  readonly #context: StageContext;
  readonly #listening: ReadonlyMap<number, number>;
  readonly #listeners: Listeners = { log: new Set(), running: new Set() };
  readonly #since = performance.now();
  readonly #gone = new AbortController();
  #files: FileMap;
  #server: Watched | undefined;
  #running = true;
  /** The work under way, which hears the server's output too, on its own clock. */
  #work: { recorder: Recorder; onEvent: ((event: RunEvent) => void) | undefined } | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor({ server, context, listening }: Healthy, parts: KeptServerParts) {
    this.#parts = parts;
    this.#context = context;
    this.#sandbox = context.sandbox;
    this.#listening = listening;
    this.#files = context.files;
    this.task = context.task;
    this.ended = new Promise((resolve) => {
      this.#gone.signal.addEventListener('abort', () => resolve(String(this.#gone.signal.reason)));
    });
    context.recorder.handOver(this.#take);
    this.#sandbox.on('unlisten', ({ port }) => {
      if (port === this.task.port) void this.#look();
    });
    this.#watch(server);
  }

  get files(): FileMap {
    return this.#files;
  }

  get running(): boolean {
    return this.#running;
  }

  on<K extends keyof LiveEvents>(event: K, listener: (value: LiveEvents[K]) => void): () => void {
    this.#listeners[event].add(listener);
    return () => this.#listeners[event].delete(listener);
  }

  request(request: RawRequest, signal?: AbortSignal): Promise<RawResponse> {
    return this.#sandbox.request(this.task.port, request, signal);
  }

  runSuite(state: SuiteState, options: SuiteOptions = {}): Promise<SuiteAlone> {
    return this.#inTurn(options, async (signal, recorder) => {
      if (state === 'restarted')
        await this.#restart(options.files ?? this.#files, { signal, recorder, fresh: true });
      recorder.begin('suite');
      const { suite, collection } = await testServer({
        request: this.#parts.request,
        sandbox: this.#sandbox,
        limits: this.#context.limits,
        recorder,
        runKey: randomKey(),
        signal,
        runCollection: this.#parts.runCollection,
      });
      recorder.end('passed');
      return { state, suite, ...(collection && { collection }), files: this.#files, ms: recorder.now() };
    });
  }

  apply(files: FileMap, options: WorkOptions = {}): Promise<void> {
    return this.#inTurn(options, (signal, recorder) =>
      this.#restart(files, { signal, recorder, fresh: false }),
    );
  }

  async dispose(): Promise<void> {
    this.#end('the server was stopped');
    await this.#sandbox.dispose();
  }

  /** Lines of every process of the sandbox come here once the run is over. */
  readonly #take = (stream: LogLine['stream'], text: string): void => {
    const line: LogLine = { at: Math.round(performance.now() - this.#since), stage: 'suite', stream, text };
    this.#tell('log', line);
    this.#work?.onEvent?.({ type: 'log', line: { ...line, at: this.#work.recorder.now() } });
  };

  #tell<K extends keyof LiveEvents>(event: K, value: LiveEvents[K]): void {
    for (const listener of this.#listeners[event]) listener(value);
  }

  /** One piece of work after the other; what it starts is told to it alone. */
  async #inTurn<T>(
    { signal: given, onEvent }: WorkOptions,
    work: (signal: AbortSignal, recorder: Recorder) => Promise<T>,
  ): Promise<T> {
    const signal = given === undefined ? this.#gone.signal : AbortSignal.any([given, this.#gone.signal]);
    const before = this.#turn;
    let done = (): void => undefined;
    this.#turn = new Promise((resolve) => (done = resolve));
    try {
      await cancellable(before, signal);
      const recorder = new Recorder((event) => {
        if (event.type === 'log') this.#tell('log', event.line);
        onEvent?.(event);
      }, this.#context.limits.outputBytes);
      this.#work = { recorder, onEvent };
      try {
        return await work(signal, recorder);
      } finally {
        recorder.handOver(this.#take);
      }
    } catch (error) {
      if (this.#gone.signal.aborted) throw new LiveFault(String(this.#gone.signal.reason), { cause: error });
      throwIfCancelled(signal);
      throw error;
    } finally {
      this.#work = undefined;
      done();
    }
  }

  /** @throws LiveFault when it does not get healthy, EngineFault, AbortError; there is no server then */
  async #restart(
    files: FileMap,
    { signal, recorder, fresh }: { signal: AbortSignal; recorder: Recorder; fresh: boolean },
  ): Promise<void> {
    const context = { ...this.#context, files, recorder, signal };
    const earlier = this.#files;
    await this.#stop(context);
    const { before } = this.#parts;
    if (fresh && before !== undefined) await removeSince(this.#sandbox, before, signal);
    for (const path of Object.keys(earlier)) {
      if (!(path in files)) await cancellable(this.#sandbox.fs.rm(path, { force: true }), signal);
    }
    await cancellable(this.#sandbox.mount(files), signal);
    this.#files = files;
    const { dependencyFile } = this.task;
    if (!same(earlier[dependencyFile], files[dependencyFile])) {
      recorder.begin('install');
      const failed = await install(context);
      if (failed !== undefined) throw refuse(recorder, failed);
      recorder.end('passed', { exitCode: 0 });
    }
    const started = await bringUp(context, this.#listening);
    if (!('server' in started)) throw refuse(recorder, started);
    this.#watch(started.server);
  }

  /** Ends run.sh and what it left behind. @throws LiveFault when somebody still holds the port */
  async #stop(context: StageContext): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.#setRunning(false);
    if (server !== undefined) await stopServer(server, context);
    const holder = (): number | undefined => this.#listening.get(this.task.port);
    const pid = holder();
    if (pid !== undefined) await this.#sandbox.spawn('bash', ['-c', `kill -9 ${pid}`]).catch(() => undefined);
    for (let waited = 0; holder() !== undefined; waited += 20) {
      if (waited > context.limits.killGraceMs)
        throw new LiveFault('the server that runs does not end; run everything anew');
      await sleep(20, context.signal);
    }
  }

  #watch(server: Server): void {
    const watched: Watched = { ...server };
    this.#server = watched;
    this.#setRunning(true);
    void server.process.exit.then(() => {
      watched.exited = true;
      return this.#look();
    });
  }

  /** Whether the server is still there, or the sandbox itself is gone. */
  async #look(): Promise<void> {
    try {
      await this.#sandbox.fs.stat(this.#sandbox.workdir);
    } catch (error) {
      return this.#end(`the sandbox ended: ${describeError(error)}`);
    }
    if (this.#server?.exited === true && !this.#listening.has(this.task.port)) this.#setRunning(false);
  }

  #setRunning(running: boolean): void {
    if (this.#running === running) return;
    this.#running = running;
    this.#tell('running', running);
  }

  #end(reason: string): void {
    this.#gone.abort(reason);
    this.#setRunning(false);
  }
}

function refuse(recorder: Recorder, failed: Failed): LiveFault {
  recorder.end('failed', failed);
  return new LiveFault(failed.message);
}

function same(one: string | Uint8Array | undefined, other: string | Uint8Array | undefined): boolean {
  if (typeof one === 'string' || typeof other === 'string' || one === undefined || other === undefined)
    return one === other;
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** Six letters and digits that no run before has used. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => (byte % 36).toString(36)).join('');
}

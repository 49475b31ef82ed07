import postmanCollection, { type VariableScope } from 'postman-collection';
import postmanRuntime, { type Cursor, type Run, type Script, type Triggers } from 'postman-runtime';
import { limits } from '../../domain/limits.ts';
import type { HostMessage, WorkerMessage } from '../messages.ts';
import { cut, ExecutionRecord } from './record.ts';
import { ScriptWorker } from './script-worker.ts';
import { show } from './show.ts';

type RunRequest = Extract<HostMessage, { type: 'run' }>;
type Variables = Extract<WorkerMessage, { type: 'done' }>['variables'];

/** Time that a script has beyond its limit to say itself that it took too long. */
const graceMs = 1_000;

/** What the network below does for a run. */
export interface Network {
  /** Id of the request that went out last. */
  lastRequest(): number | undefined;
  /** Says what the requests that follow belong to. */
  name(name: string): void;
}

/** Runs a collection with Postman's own runtime, as Newman does, and tells the host what happens. */
export class CollectionRun {
  readonly #scripts = new ScriptWorker();
  readonly #tell: (message: WorkerMessage) => void;
  readonly #network: Network;
  readonly #watches = new Map<string, ReturnType<typeof setTimeout>>();
  #run: Run | undefined;
  #current: ExecutionRecord | undefined;
  /** What had gone out before the collection's own request. */
  #lastBefore: number | undefined;
  #executions = 0;
  #consoleLines = 0;

  constructor(network: Network, tell: (message: WorkerMessage) => void) {
    this.#network = network;
    this.#tell = tell;
  }

  /** @throws Error when the collection cannot be read. */
  start(request: RunRequest): void {
    const { Collection, VariableScope: Scope } = postmanCollection;
    const collection = new Collection(unwrap(request.collection, 'collection'));
    const environment = new Scope(
      request.environment === undefined ? undefined : unwrap(request.environment, 'environment'),
    );
    const globals = new Scope();
    for (const [key, value] of Object.entries(request.globals)) globals.set(key, value);
    const variables = () => ({
      environment: listed(environment.values),
      globals: listed(globals.values),
      collection: listed(collection.variables),
    });
    const options = {
      environment,
      globals,
      timeout: { global: 0, request: request.requestMs, script: request.scriptMs },
      requester: { useWhatWGUrlParser: true },
      host: { _sandbox: this.#scripts },
    };
    new postmanRuntime.Runner().run(collection, options, (error, run) => {
      if (error !== null || run === undefined) {
        this.#tell({ type: 'failed', message: cut(error?.message ?? 'the collection cannot be run') });
        return;
      }
      this.#run = run;
      run.start(this.#triggers(request.scriptMs, variables));
    });
  }

  #triggers(scriptMs: number, variables: () => Variables): Partial<Triggers> {
    return {
      beforeItem: (_error, cursor, item) => {
        this.#current = new ExecutionRecord(cursor, item);
        this.#network.name(this.#current.name);
      },
      beforeScript: (_error, _cursor, script, event) => {
        this.#current?.beginScript(event.listen);
        this.#watch(script, scriptMs);
      },
      script: (error, _cursor, _result, script, event) => {
        this.#unwatch(script);
        this.#current?.endScript(event.listen, error);
      },
      assertion: (_cursor, assertions) => this.#current?.assert(assertions),
      console: (_cursor, level, ...values) => this.#log(level, values),
      beforeRequest: (_error, cursor) => {
        if (!isOfScript(cursor)) this.#lastBefore = this.#network.lastRequest();
      },
      io: (_error, _cursor, { source }) => {
        const last = this.#network.lastRequest();
        // Nothing went out when the request itself was refused, for a bad header or an empty address.
        if (source !== 'script' && last !== this.#lastBefore) this.#current?.exchanged(last);
      },
      request: (error, cursor, _response, request) =>
        this.#current?.requested(!isOfScript(cursor), error, request),
      item: (_error, _cursor, _item, _shown, options) => this.#end(options?.isSkipped === true),
      done: (error) => {
        this.#end(false);
        this.#scripts.terminate();
        const message = error ? cut(error.message ?? error) : undefined;
        this.#tell({
          type: 'done',
          ...(message !== undefined && { error: message }),
          variables: variables(),
        });
      },
    };
  }

  #end(skipped: boolean): void {
    const execution = this.#current?.finish(skipped);
    this.#current = undefined;
    if (execution === undefined) return;
    this.#executions += 1;
    this.#tell({ type: 'execution', execution });
  }

  #log(level: string, values: unknown[]): void {
    if (this.#consoleLines >= limits.collectionConsoleLines) return;
    this.#consoleLines += 1;
    this.#tell({ type: 'console', level: cut(level), execution: this.#executions, text: cut(show(values)) });
  }

  /** Ends a script that neither ends nor says that it takes too long: one that never gives its thread back. */
  #watch({ _lastExecutionId: id }: Script, scriptMs: number): void {
    if (id === undefined) return;
    const stop = () => {
      this.#scripts.restart();
      const error = new Error('sandbox: synchronous script execution timeout');
      this.#run?.host?.emit(`execution.result.${id}`, error);
    };
    this.#watches.set(id, setTimeout(stop, scriptMs + graceMs));
  }

  #unwatch({ _lastExecutionId: id }: Script): void {
    if (id === undefined) return;
    clearTimeout(this.#watches.get(id));
    this.#watches.delete(id);
  }
}

/** Requests that a script makes carry the script in their cursor. */
function isOfScript(cursor: Cursor): boolean {
  return 'scriptId' in cursor;
}

/** The definition itself; Postman's interface wraps it in an object with its name. */
function unwrap(text: string, name: string): object {
  const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
  if (typeof value !== 'object' || value === null) throw new Error(`the ${name} is no JSON object`);
  const inner: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
  return typeof inner === 'object' && inner !== null ? inner : value;
}

function listed({ members }: VariableScope['values']): Variables['globals'] {
  return members
    .filter(({ key, disabled }) => typeof key === 'string' && disabled !== true)
    .slice(0, limits.collectionVariables)
    .map(({ key, value, type }) => ({
      key: cut(key),
      value: plain(value),
      ...(typeof type === 'string' && { type: cut(type) }),
    }));
}

/** What JSON keeps of a value. */
function plain(value: unknown): unknown {
  try {
    const json = JSON.stringify(value) as string | undefined;
    if (json === undefined || json.length > limits.collectionTextLength) return cut(json ?? '');
    return JSON.parse(json) as unknown;
  } catch {
    return cut(value);
  }
}

/** Packages without types of their own, as far as they are used here. */

declare module 'readable-stream' {
  export { Readable, Transform, Writable } from 'node:stream';
}

declare module 'pako' {
  export class Inflate {
    constructor(options: { windowBits: number });
    readonly ended: boolean;
    /** 0 when all is well. */
    readonly err: number;
    readonly msg: string;
    onData: (chunk: Uint8Array) => void;
    push(data: Uint8Array, finish: boolean): boolean;
  }
}

declare module 'postman-collection' {
  interface Listed<T> {
    members: T[];
  }
  export class VariableScope {
    constructor(definition?: object);
    set(key: string, value: unknown, type?: string): void;
    readonly values: Listed<{ key?: unknown; value?: unknown; type?: unknown; disabled?: unknown }>;
  }
  export class Collection {
    constructor(definition?: object);
    readonly variables: VariableScope['values'];
  }
}

declare module 'postman-runtime' {
  import type { Collection, VariableScope } from 'postman-collection';

  export interface Cursor {
    position?: number;
    ref?: string;
  }
  export interface Item {
    id?: string;
    name?: string;
    request?: { method?: string; url?: { toString(): string } };
    parent?(): Item | undefined;
  }
  export interface Failure {
    name?: unknown;
    message?: unknown;
    code?: unknown;
    stacktrace?: { lineNumber?: unknown; columnNumber?: unknown }[];
  }
  type Maybe = Failure | null | undefined;
  export interface Assertion {
    name?: unknown;
    index?: unknown;
    passed?: unknown;
    skipped?: unknown;
    error?: { name?: unknown; message?: unknown } | null;
  }
  export interface Script {
    _lastExecutionId?: string;
  }
  export interface PostmanRequest {
    method?: string;
    url: { toString(): string };
  }
  export interface PostmanResponse {
    code?: number;
    responseTime?: number;
    size?(): { body?: number };
  }
  /** Called as the run goes on; arguments as postman-runtime documents them. */
  export interface Triggers {
    beforeItem(error: Maybe, cursor: Cursor, item: Item): void;
    beforeScript(error: Maybe, cursor: Cursor, script: Script, event: { listen?: string }): void;
    script(error: Maybe, cursor: Cursor, result: unknown, script: Script, event: { listen?: string }): void;
    assertion(cursor: Cursor, assertions: Assertion[]): void;
    console(cursor: Cursor, level: string, ...values: unknown[]): void;
    beforeRequest(error: Maybe, cursor: Cursor): void;
    io(error: Maybe, cursor: Cursor, trace: { source?: string }): void;
    request(
      error: Maybe,
      cursor: Cursor,
      response: PostmanResponse | undefined,
      request: PostmanRequest | undefined,
    ): void;
    item(
      error: Maybe,
      cursor: Cursor,
      item: Item,
      visualizer: unknown,
      options?: { isSkipped?: boolean },
    ): void;
    done(error: Maybe, cursor: Cursor): void;
  }
  export interface Run {
    /** Where scripts run; there once the run has started. */
    host?: { emit(event: string, error: Error): void };
    start(triggers: Partial<Triggers>): void;
    abort(): void;
  }
  export interface RunOptions {
    environment: VariableScope;
    globals: VariableScope;
    timeout: { global: number; request: number; script: number };
    requester: { useWhatWGUrlParser: boolean };
    /** Goes to postman-sandbox, which runs scripts in `_sandbox` instead of a worker of its own. */
    host: { _sandbox: object };
  }
  export class Runner {
    run(collection: Collection, options: RunOptions, done: (error: Failure | null, run?: Run) => void): void;
  }
}

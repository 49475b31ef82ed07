import type { Assertion, Cursor, Failure, Item, PostmanRequest } from 'postman-runtime';
import type { CollectionExecution } from '../../domain/collection.ts';
import { limits } from '../../domain/limits.ts';

type ScriptKind = 'prerequest' | 'test';

/** As much of a text as a message may hold. */
export function cut(value: unknown): string {
  return (typeof value === 'string' ? value : String(value)).slice(0, limits.collectionTextLength);
}

function errorOf(error: { name?: unknown; message?: unknown }): { name: string; message: string } {
  return { name: cut(error.name ?? 'Error'), message: cut(error.message ?? '') };
}

/** What one request of the collection did, gathered as the runtime tells it. */
export class ExecutionRecord {
  readonly #execution: CollectionExecution;
  #script: ScriptKind = 'prerequest';

  constructor(cursor: Cursor, item: Item) {
    this.#execution = {
      folders: foldersOf(item),
      name: cut(item.name ?? ''),
      itemId: cut(item.id ?? ''),
      position: cursor.position ?? 0,
      method: cut(item.request?.method ?? 'GET'),
      url: cut(item.request?.url?.toString() ?? ''),
      sent: { total: 0, failed: 0 },
      scripts: { prerequest: 0, test: 0 },
      assertions: [],
      scriptErrors: [],
    };
  }

  get name(): string {
    return this.#execution.name;
  }

  beginScript(kind: string | undefined): void {
    this.#script = kind === 'test' ? 'test' : 'prerequest';
  }

  endScript(kind: string | undefined, error: Failure | null | undefined): void {
    const script = kind === 'test' ? 'test' : 'prerequest';
    this.#execution.scripts[script] += 1;
    const { scriptErrors } = this.#execution;
    if (!error || scriptErrors.length >= limits.collectionAssertions) return;
    scriptErrors.push({ script, ...errorOf(error), at: placeOf(script, error) });
  }

  assert(assertions: readonly Assertion[]): void {
    for (const { name, index, passed, skipped, error } of assertions) {
      if (this.#execution.assertions.length >= limits.collectionAssertions) return;
      this.#execution.assertions.push({
        name: cut(name ?? ''),
        status: passed !== true ? 'failed' : skipped === true ? 'skipped' : 'passed',
        // As Newman: what is thrown without a name or a message of its own has the test's.
        ...(passed !== true && {
          error: {
            name: cut(error?.name ?? 'AssertionError'),
            message: cut(error?.message ?? name ?? ''),
          },
        }),
        script: this.#script,
        index: Number.isSafeInteger(index) && Number(index) >= 0 ? Number(index) : 0,
      });
    }
  }

  /** The collection's own request has gone over the wire for the last time. */
  exchanged(id: number | undefined): void {
    if (id !== undefined) this.#execution.exchange = id;
  }

  /** @param own - The request of the collection, not one that a script made. */
  requested(own: boolean, error: Failure | null | undefined, request: PostmanRequest | undefined): void {
    const execution = this.#execution;
    execution.sent.total += 1;
    if (error) execution.sent.failed += 1;
    if (!own) return;
    if (request !== undefined) {
      execution.method = cut(request.method ?? 'GET');
      execution.url = cut(request.url.toString());
    }
    if (error) execution.error = cut(error.message ?? error);
  }

  /** @param skipped - A script said `pm.execution.skipRequest()`. */
  finish(skipped: boolean): CollectionExecution {
    return skipped ? { ...this.#execution, skipped } : this.#execution;
  }
}

/** The place of a script's error as Newman writes it; the runtime wraps scripts in two lines of its own. */
function placeOf(script: ScriptKind, { stacktrace }: Failure): string {
  const [frame] = Array.isArray(stacktrace) ? stacktrace : [];
  let at = `${script}-script`;
  if (typeof frame?.lineNumber !== 'number' || frame.lineNumber === 0) return at;
  at += `:${frame.lineNumber - 2}`;
  if (typeof frame.columnNumber === 'number' && frame.columnNumber !== 0) at += `:${frame.columnNumber}`;
  return at;
}

function foldersOf(item: Item): string[] {
  const folders: string[] = [];
  let parent = item.parent?.();
  // The outermost is the collection itself, which has no parent.
  for (let next = parent?.parent?.(); parent !== undefined && next !== undefined; next = parent?.parent?.()) {
    if (folders.length < limits.collectionDepth) folders.unshift(cut(parent.name ?? ''));
    parent = next;
  }
  return folders;
}

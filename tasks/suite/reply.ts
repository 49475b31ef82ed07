import type { RawResponse } from '../../src/engines/engine.ts';
import { resolvePointer, showJson, type Json } from '../json.ts';

/** An answer is not what the contract says. */
export class Failure extends Error {
  override readonly name = 'Failure';
  constructor(
    message: string,
    readonly expected?: string,
    readonly got?: string,
  ) {
    super(message);
  }
}

/** Something that an earlier step should have given is missing. */
export class NotReached extends Error {
  override readonly name = 'NotReached';
}

/** An answer under test. Everything in it comes from the submission. */
export class Reply {
  #json: { value: Json } | { error: Failure } | undefined;

  constructor(readonly response: RawResponse) {}

  get status(): number {
    return this.response.status;
  }

  /** Length of the body in bytes. */
  get length(): number {
    return this.response.body.byteLength;
  }

  /** @throws Failure when the body is not JSON in UTF-8. */
  json(): Json {
    this.#json ??= parseBody(this.response.body);
    if ('error' in this.#json) throw this.#json.error;
    return this.#json.value;
  }

  /** The value under a JSON pointer into the body. @throws Failure when there is none. */
  at(pointer: string): Json {
    const value = resolvePointer(this.json(), pointer);
    if (value === undefined) {
      throw new Failure(`the body has nothing at ${pointer}`, 'a value', showJson(this.json()));
    }
    return value;
  }

  /** @throws Failure when there is no text there. */
  text(pointer: string): string {
    const value = this.at(pointer);
    if (typeof value !== 'string') {
      throw new Failure(`the body has no text at ${pointer}`, 'a string', showJson(value));
    }
    return value;
  }

  /** @throws Failure when there is no array there. */
  list(pointer: string): Json[] {
    const value = this.at(pointer);
    if (!Array.isArray(value)) {
      throw new Failure(`the body has no array at ${pointer}`, 'an array', showJson(value));
    }
    return value;
  }
}

function parseBody(body: Uint8Array): { value: Json } | { error: Failure } {
  let text = '';
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    const value: Json = JSON.parse(text);
    return { value };
  } catch {
    const got = text === '' ? `${body.byteLength} bytes` : JSON.stringify(text.slice(0, 120));
    return { error: new Failure('the body is not JSON in UTF-8', 'JSON', got) };
  }
}

/** A value that one step keeps and later steps need. */
export class Kept<T> {
  #value: { value: T } | undefined;

  /** @param what it is and where it comes from, e.g. `the token of POST /users`. */
  constructor(readonly what: string) {}

  set(value: T): void {
    this.#value = { value };
  }

  /** @throws NotReached when no step has kept it. */
  get(): T {
    if (this.#value === undefined) throw new NotReached(`needs ${this.what}, which did not come`);
    return this.#value.value;
  }
}

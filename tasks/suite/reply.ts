import type { RawResponse } from '../../src/engines/engine.ts';
import { resolvePointer, showJson, type Json } from '../json.ts';

/** An answer is not what the contract says. */
export class Failure extends Error {
  override readonly name = 'Failure';
  constructor(
    message: string,
    readonly expected?: string,
    readonly got?: string,
    /** Of several answers, the one that is wrong. */
    readonly reply?: Reply,
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

  /** Value of the first header line of this name (lower case), undefined when there is none. */
  header(name: string): string | undefined {
    return this.response.headers.find(([key]) => key.toLowerCase() === name)?.[1];
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

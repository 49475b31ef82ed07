import type { RawHeaders, RawRequest, RawResponse } from '../../src/engines/engine.ts';
import { basePath, endpointPointer, lookUp, type Endpoint } from '../contract/index.ts';
import { isObject, resolvePointer, type Json } from '../json.ts';
import { findOperation } from './generate.ts';
import { Names } from './names.ts';
import { Random } from './random.ts';
import { Rebuilder } from './rebuild.ts';
import { findRefusable } from './strict.ts';
import { inventTaste, type Taste } from './taste.ts';

/** A server that keeps the contract and knows its own things by plain names. */
export interface PlainServer {
  handle(request: RawRequest): RawResponse;
}

/**
 * A server that keeps the contract to the letter and takes every liberty that it leaves: which ones, the seed decides.
 * What it does is done by the plain server behind it; how it says so is its own.
 */
export class LibertyServer implements PlainServer {
  readonly taste: Taste;
  readonly #plain: PlainServer;
  readonly #random: Random;
  readonly #names: Names;
  readonly #rebuilder: Rebuilder;

  constructor(plain: PlainServer, seed: number) {
    this.#plain = plain;
    this.#random = new Random(seed);
    this.taste = inventTaste(this.#random);
    this.#names = new Names(this.taste, this.#random);
    this.#rebuilder = new Rebuilder(this.taste, this.#random, this.#names);
  }

  /** Resolves after some turns of the event loop, so that requests of the same time are not taken in their order. */
  async wait(): Promise<void> {
    for (let turns = this.#random.integer(0, 3); turns > 0; turns--) await Promise.resolve();
  }

  handle(request: RawRequest): RawResponse {
    const endpoint = findOperation(request.method, request.target);
    if (endpoint === undefined) return this.#plain.handle(request);
    const token = tokenOf(request.headers);
    const inner = token === undefined ? undefined : this.#names.innerToken(token);
    const optional = !needsToken(endpoint);
    const authorized = request.headers.some(([name]) => name.toLowerCase() === 'authorization');
    if (optional && authorized && inner === undefined && takesToken(endpoint)) {
      if (this.taste.invalidToken === 'refused') return this.#refuse(401, ['token']);
    }
    const plain = {
      ...request,
      target: this.#innerTarget(request.target),
      headers: withToken(request.headers, inner),
    };
    const free = this.#answerWhatIsFree(endpoint, plain, inner);
    if (free !== undefined) return free;
    const response = this.#plain.handle(plain);
    if (
      endpoint === 'PUT /user' &&
      response.status === 200 &&
      inner !== undefined &&
      this.taste.endsOldTokens
    ) {
      this.#names.endTokens(inner);
    }
    return this.#retell(endpoint, response);
  }

  /** Answers, in one of the ways that there are, what the contract leaves open. */
  #answerWhatIsFree(
    endpoint: Endpoint,
    request: RawRequest,
    token: string | undefined,
  ): RawResponse | undefined {
    if (needsToken(endpoint) && token === undefined) return undefined;
    const url = new URL(request.target, 'http://localhost');
    const badNumber = [
      ['limit', 1],
      ['offset', 0],
    ].some(([name, least]) => {
      const text = url.searchParams.get(String(name));
      return text !== null && !(/^\d{1,15}$/.test(text) && Number(text) >= Number(least));
    });
    if (badNumber) {
      if (this.taste.badNumber === 'refused') return this.#refuse(422, ['limit']);
      url.searchParams.delete('limit');
      url.searchParams.delete('offset');
      const target = `${url.pathname}${url.search}`;
      return this.#retell(endpoint, this.#plain.handle({ ...request, target }));
    }
    if (endpoint === 'POST /profiles/{username}/follow' && this.taste.ownFollow === 'refused') {
      const caller = readJson(
        this.#plain.handle({ method: 'GET', target: `${basePath}/user`, headers: request.headers }).body,
      );
      const [, , , name = ''] = url.pathname.split('/');
      const own = resolvePointer(caller ?? null, '/user/username') === decodeURIComponent(name);
      if (own) return this.#refuse(422, ['username']);
    }
    if (request.body === undefined) return undefined;
    const body = readJson(request.body);
    if (body === undefined) return this.#refuse(this.taste.notJson, ['body']);
    const field = this.taste.strict && endpoint !== 'POST /users/login' ? findRefusable(body) : undefined;
    return field === undefined ? undefined : this.#refuse(422, [field]);
  }

  /** Slugs and ids of the path as the plain server knows them. */
  #innerTarget(target: string): string {
    const [path = '', query] = target.split('?');
    const [resource, slug, below, id] = path.slice(basePath.length + 1).split('/');
    if (resource !== 'articles' || slug === undefined || slug === 'feed') return target;
    const parts = [basePath, 'articles', encodeURIComponent(this.#names.innerSlug(decode(slug)))];
    if (below !== undefined) parts.push(below);
    if (id !== undefined) parts.push(this.#names.innerId(decode(id)));
    return parts.join('/') + (query === undefined ? '' : `?${query}`);
  }

  #retell(endpoint: Endpoint, response: RawResponse): RawResponse {
    const value = readJson(response.body);
    if (response.status >= 400) {
      const errors = resolvePointer(value ?? null, '/errors');
      return this.#refuse(response.status, isObject(errors) ? Object.keys(errors) : ['request']);
    }
    const schema = resolvePointer(
      lookUp(endpointPointer(endpoint, response.status)) ?? null,
      '/content/application~1json/schema',
    );
    if (value === undefined || schema === undefined) {
      return { status: response.status, statusText: '', headers: this.#headers(), body: new Uint8Array() };
    }
    return this.#say(response.status, this.#rebuilder.answer(value, schema));
  }

  #refuse(status: number, names: readonly string[]): RawResponse {
    return this.#say(status, this.#rebuilder.errors(names));
  }

  #say(status: number, value: Json): RawResponse {
    const body = new TextEncoder().encode(JSON.stringify(value));
    return { status, statusText: '', headers: this.#headers(['content-type', this.taste.mediaType]), body };
  }

  #headers(...more: RawHeaders): RawHeaders {
    const all: RawHeaders = [...more, ['x-powered-by', 'liberty'], ['vary', 'Accept'], ['vary', 'Origin']];
    const cases = {
      lower: (name: string) => name,
      upper: (name: string) => name.toUpperCase(),
      title: (name: string) => name.replaceAll(/(^|-)[a-z]/g, (start) => start.toUpperCase()),
    };
    return this.#random.shuffle(all).map(([name, value]) => [cases[this.taste.headerCase](name), value]);
  }
}

function needsToken(endpoint: Endpoint): boolean {
  return JSON.stringify(lookUp(`${endpointPointer(endpoint)}/security`)) === '[{"token":[]}]';
}

function takesToken(endpoint: Endpoint): boolean {
  return JSON.stringify(lookUp(`${endpointPointer(endpoint)}/security`)).includes('token');
}

function tokenOf(headers: RawHeaders): string | undefined {
  const value = headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  return value?.startsWith('Token ') === true ? value.slice('Token '.length) : undefined;
}

function withToken(headers: RawHeaders, token: string | undefined): RawHeaders {
  const others = headers.filter(([name]) => name.toLowerCase() !== 'authorization');
  return token === undefined ? others : [...others, ['Authorization', `Token ${token}`]];
}

function readJson(body: Uint8Array | undefined): Json | undefined {
  try {
    const value: Json = JSON.parse(new TextDecoder().decode(body));
    return value;
  } catch {
    return undefined;
  }
}

/** A part of a path, decoded; as it is when it cannot be. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

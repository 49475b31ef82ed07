import type { RawRequest, RawResponse } from '../../../src/engines/engine.ts';
import { isObject, type Json } from '../../json.ts';
import { Articles } from './articles.ts';
import type { Fault } from './faults.ts';
import { Refusal, type Fields, type User } from './state.ts';
import { Users } from './users.ts';

export type { Fault } from './faults.ts';

type Answer = [status: number, body?: Json];

/** A Conduit inside the test process that does what the contract says, but for its faults. */
export class ConduitModel {
  readonly #faults: ReadonlySet<Fault>;
  readonly #users: Users;
  readonly #articles: Articles;

  constructor(...faults: Fault[]) {
    this.#faults = new Set(faults);
    this.#users = new Users(this.#faults);
    this.#articles = new Articles(this.#faults, this.#users);
  }

  handle(request: RawRequest): RawResponse {
    let answer: Answer;
    try {
      answer = this.#route(request);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const errors = Object.fromEntries(error.about.map((name) => [name, ['is wrong']]));
      answer = [error.status, { errors }];
    }
    const [status, body] = answer;
    if (body === undefined) return { status, statusText: '', headers: [], body: new Uint8Array() };
    const type = this.#faults.has('text-not-json') ? 'text/plain' : 'application/json';
    const bytes = new TextEncoder().encode(JSON.stringify(body));
    return { status, statusText: '', headers: [['content-type', type]], body: bytes };
  }

  #route(request: RawRequest): Answer {
    const { method, target } = request;
    const url = new URL(target, 'http://localhost');
    const parts = url.pathname.split('/').slice(2);
    const [resource = '', name = '', verb = '', id = ''] = parts.map(decodeURIComponent);
    const places = [resource, name && '_', verb, id && '_'].filter((part) => part !== '');
    const caller = this.#users.caller(request.headers);
    const known = () => need(caller);
    const fields = (key: string) => readFields(request, key);
    if (url.pathname === '/api/health-check') return [200, { status: 'ok' }];
    if (parts.join('/') === 'users/login') return [200, this.#users.logIn(fields('user'))];
    if (parts.join('/') === 'articles/feed')
      return [200, this.#articles.list(url.searchParams, known(), known())];
    switch (`${method} ${places.join('/')}`) {
      case 'POST users':
        return [this.#created, this.#users.register(fields('user'))];
      case 'GET user':
        return [200, this.#users.show(known())];
      case 'PUT user':
        return [200, this.#users.change(known(), () => fields('user'))];
      case 'GET profiles/_':
        return [200, { profile: this.#users.profile(this.#users.named(name), caller) }];
      case 'POST profiles/_/follow':
      case 'DELETE profiles/_/follow':
        return [200, this.#users.follow(known(), name, method === 'POST')];
      case 'GET articles':
        return [200, this.#articles.list(url.searchParams, caller)];
      case 'POST articles':
        return [this.#created, this.#articles.write(known(), () => fields('article'))];
      case 'GET articles/_':
        return [200, this.#articles.show(this.#articles.at(name), caller)];
      case 'PUT articles/_':
        return [200, this.#articles.change(known(), name, () => fields('article'))];
      case 'DELETE articles/_':
        this.#articles.remove(known(), name);
        return [204];
      case 'POST articles/_/favorite':
      case 'DELETE articles/_/favorite':
        return [200, this.#articles.mark(known(), name, method === 'POST')];
      case 'GET articles/_/comments':
        return [200, this.#articles.comments(name, caller)];
      case 'POST articles/_/comments':
        return [this.#created, this.#articles.comment(known(), name, () => fields('comment'))];
      case 'DELETE articles/_/comments/_':
        this.#articles.removeComment(known(), name, id);
        return [204];
      case 'GET tags':
        return [200, { tags: this.#articles.tags() }];
      default:
        throw new Refusal(404, ['path']);
    }
  }

  get #created(): number {
    return this.#faults.has('status-200-on-create') ? 200 : 201;
  }
}

function need(caller: User | undefined): User {
  if (caller === undefined) throw new Refusal(401, ['token']);
  return caller;
}

/** @throws Refusal when the body has no such object. */
function readFields({ body }: RawRequest, key: string): Fields {
  const sent = parse(new TextDecoder().decode(body));
  const fields = isObject(sent) && Object.hasOwn(sent, key) ? sent[key] : undefined;
  if (!isObject(fields)) throw new Refusal(422, ['body']);
  return fields;
}

function parse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(422, ['body']);
  }
}

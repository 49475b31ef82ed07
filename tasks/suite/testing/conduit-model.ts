import type { RawRequest, RawResponse } from '../../../src/engines/engine.ts';
import { isObject, type Json } from '../../json.ts';

/** What the model does wrong on purpose. */
export type Fault =
  | 'no-auth'
  | 'no-ownership'
  | 'no-uniqueness'
  | 'no-validation'
  | 'delete-nothing'
  | 'forget-bio'
  | 'same-slug'
  | 'oldest-first'
  | 'count-of-page'
  | 'body-in-list'
  | 'follow-nobody'
  | 'any-password'
  | 'status-200-on-create'
  | 'numeric-time';

interface User {
  username: string;
  email: string;
  password: string;
  bio: Json;
  image: Json;
  followers: Set<User>;
}

interface Article {
  slug: string;
  title: string;
  description: string;
  body: string;
  tagList: Json;
  author: User;
  at: string;
}

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly about: readonly string[],
  ) {
    super(String(status));
  }
}

type Fields = { [key: string]: Json };
type Answer = [status: number, body?: Json];

/** A small Conduit inside the test process: users, profiles and articles as the contract has them. */
export class ConduitModel {
  readonly #faults: ReadonlySet<Fault>;
  readonly #users: User[] = [];
  #articles: Article[] = [];

  constructor(...faults: Fault[]) {
    this.#faults = new Set(faults);
  }

  handle(request: RawRequest): RawResponse {
    let answer: Answer;
    try {
      answer = this.#route(request);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      answer = [
        error.status,
        { errors: Object.fromEntries(error.about.map((name) => [name, ['is wrong']])) },
      ];
    }
    const [status, body] = answer;
    const bytes = new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body));
    return { status, statusText: '', headers: [['content-type', 'application/json']], body: bytes };
  }

  #route({ method, target, headers, body }: RawRequest): Answer {
    const url = new URL(target, 'http://localhost');
    const [resource = '', name = '', verb = ''] = url.pathname.split('/').slice(2);
    const caller = this.#caller(headers);
    const sent: Json = body === undefined ? {} : JSON.parse(new TextDecoder().decode(body));
    const fields = (key: string): Fields => (isObject(sent) && isObject(sent[key]) ? sent[key] : {});
    const signature = `${method} ${resource}${name === '' ? '' : '/_'}${verb === '' ? '' : `/${verb}`}`;
    if (url.pathname === '/api/health-check') return [200, {}];
    if (url.pathname === '/api/users/login') return this.#login(fields('user'));
    switch (signature) {
      case 'POST users':
        return this.#register(fields('user'));
      case 'GET user':
        return [200, this.#showUser(need(caller))];
      case 'PUT user':
        return this.#updateUser(need(caller), fields('user'));
      case 'GET profiles/_':
        return [200, { profile: this.#profile(this.#userNamed(name), caller) }];
      case 'POST profiles/_/follow':
      case 'DELETE profiles/_/follow':
        return this.#follow(need(caller), this.#userNamed(name), method === 'POST');
      case 'GET articles':
        return this.#list(url.searchParams, caller);
      case 'POST articles':
        return this.#write(need(caller), fields('article'));
      case 'GET articles/_':
        return [200, this.#showArticle(this.#articleAt(name), caller)];
      case 'PUT articles/_':
        return this.#rewrite(need(caller), name, fields('article'));
      case 'DELETE articles/_':
        return this.#delete(need(caller), name);
      default:
        throw new Refusal(404, ['path']);
    }
  }

  #caller(headers: RawRequest['headers']): User | undefined {
    const token = headers
      .find(([name]) => name.toLowerCase() === 'authorization')?.[1]
      .replace(/^Token /, '');
    const found = this.#users.find((user) => `token-of-${this.#users.indexOf(user)}` === token);
    return found ?? (this.#faults.has('no-auth') ? this.#users[0] : undefined);
  }

  #register(fields: Fields): Answer {
    this.#requireTexts(fields, ['username', 'email', 'password'], true);
    this.#requireUnused(fields);
    const { username, email, password } = fields;
    const texts = { username: String(username), email: String(email), password: String(password) };
    const user = { ...texts, bio: null, image: null, followers: new Set<User>() };
    this.#users.push(user);
    return [this.#created, this.#showUser(user)];
  }

  #login(fields: Fields): Answer {
    this.#requireTexts(fields, ['email', 'password'], true);
    const user = this.#users.find(({ email }) => email === fields['email']);
    const right =
      user !== undefined && (user.password === fields['password'] || this.#faults.has('any-password'));
    if (!right) throw new Refusal(401, ['credentials']);
    return [200, this.#showUser(user)];
  }

  #updateUser(user: User, fields: Fields): Answer {
    this.#requireTexts(fields, ['username', 'email', 'password'], false);
    this.#requireUnused(fields, user);
    const { bio: _bio, ...others } = fields;
    Object.assign(user, this.#faults.has('forget-bio') ? others : fields);
    return [200, this.#showUser(user)];
  }

  #follow(caller: User, other: User, on: boolean): Answer {
    if (on && !this.#faults.has('follow-nobody')) other.followers.add(caller);
    if (!on) other.followers.delete(caller);
    return [200, { profile: this.#profile(other, caller) }];
  }

  #list(query: URLSearchParams, caller: User | undefined): Answer {
    const author = query.get('author');
    const tag = query.get('tag');
    const found = this.#articles.filter(
      (article) =>
        (author === null || article.author.username === author) &&
        (tag === null || (Array.isArray(article.tagList) && article.tagList.includes(tag))),
    );
    if (!this.#faults.has('oldest-first')) found.reverse();
    const offset = Number(query.get('offset') ?? 0);
    const page = found.slice(offset, offset + Number(query.get('limit') ?? 20));
    const articles = page.map((article) => {
      const { body, ...item } = this.#article(article, caller);
      return this.#faults.has('body-in-list') ? { ...item, body: body ?? null } : item;
    });
    return [200, { articles, articlesCount: this.#faults.has('count-of-page') ? page.length : found.length }];
  }

  #write(author: User, fields: Fields): Answer {
    this.#requireTexts(fields, ['title', 'description', 'body'], true);
    const title = String(fields['title']);
    const article = {
      slug: this.#slug(title),
      title,
      description: String(fields['description']),
      body: String(fields['body']),
      tagList: fields['tagList'] ?? [],
      author,
      at: new Date().toISOString(),
    };
    this.#articles.push(article);
    return [this.#created, this.#showArticle(article, author)];
  }

  #rewrite(caller: User, slug: string, fields: Fields): Answer {
    const article = this.#ownArticle(caller, slug);
    this.#requireTexts(fields, ['title', 'description', 'body'], false);
    const title = fields['title'];
    if (typeof title === 'string' && title !== article.title) article.slug = this.#slug(title);
    Object.assign(article, fields);
    return [200, this.#showArticle(article, caller)];
  }

  #delete(caller: User, slug: string): Answer {
    const article = this.#ownArticle(caller, slug);
    if (!this.#faults.has('delete-nothing')) this.#articles = this.#articles.filter((one) => one !== article);
    return [204];
  }

  #ownArticle(caller: User, slug: string): Article {
    const article = this.#articleAt(slug);
    if (article.author !== caller && !this.#faults.has('no-ownership')) throw new Refusal(403, ['article']);
    return article;
  }

  get #created(): number {
    return this.#faults.has('status-200-on-create') ? 200 : 201;
  }

  #slug(title: string): string {
    const base = title.toLowerCase().replaceAll(/\W+/g, '-');
    const taken = this.#articles.filter((article) => article.slug.startsWith(base)).length;
    return taken === 0 || this.#faults.has('same-slug') ? base : `${base}-${taken}`;
  }

  #articleAt(slug: string): Article {
    const article = this.#articles.find((one) => one.slug === decodeURIComponent(slug));
    if (article === undefined) throw new Refusal(404, ['article']);
    return article;
  }

  #userNamed(name: string): User {
    const user = this.#users.find((one) => one.username === name);
    if (user === undefined) throw new Refusal(404, ['profile']);
    return user;
  }

  #requireTexts(fields: Fields, names: readonly string[], all: boolean): void {
    if (this.#faults.has('no-validation')) return;
    const wrong = names.filter((name) => (all || fields[name] !== undefined) && !fields[name]);
    if (wrong.length > 0) throw new Refusal(422, wrong);
  }

  #requireUnused(fields: Fields, owner?: User): void {
    if (this.#faults.has('no-uniqueness')) return;
    const others = this.#users.filter((user) => user !== owner);
    const taken = (['username', 'email'] as const).filter((name) =>
      others.some((other) => other[name] === fields[name]),
    );
    if (taken.length > 0) throw new Refusal(422, taken);
  }

  #showUser(user: User): Json {
    const { username, email, bio, image } = user;
    return { user: { username, email, bio, image, token: `token-of-${this.#users.indexOf(user)}` } };
  }

  #profile(user: User, caller: User | undefined): Json {
    const following = caller !== undefined && user.followers.has(caller);
    return { username: user.username, bio: user.bio, image: user.image, following };
  }

  #article(article: Article, caller: User | undefined): Fields {
    const { author, at, ...fields } = article;
    const time = this.#faults.has('numeric-time') ? Date.parse(at) : at;
    const counts = { favorited: false, favoritesCount: 0, createdAt: time, updatedAt: time };
    return { ...fields, ...counts, author: this.#profile(author, caller) };
  }

  #showArticle(article: Article, caller: User | undefined): Json {
    return { article: this.#article(article, caller) };
  }
}

function need(caller: User | undefined): User {
  if (caller === undefined) throw new Refusal(401, ['token']);
  return caller;
}

import type { Exchange } from '../../domain/verdict.ts';

/** Somebody who registered with the server, as its answers and the requests before them tell. */
export interface KnownUser {
  readonly username: string;
  readonly email: string;
  /** Without it nobody can log in again. */
  readonly password: string | undefined;
  /** The newest that the server gave. */
  readonly token: string;
}

type Asked = Pick<Exchange, 'request' | 'response'>;

/** Requests that give a token: registration, login, the current user and a change of it. */
const giving = /\/users?(\/login)?$/;

/**
 * The users of these exchanges with their newest tokens, in the order in which they first came.
 * @param known users of before, who may have got new tokens since
 */
export function usersIn(
  exchanges: readonly (Asked | undefined)[],
  known: readonly KnownUser[] = [],
): KnownUser[] {
  const users = new Map(known.map((user) => [user.username, user]));
  for (const exchange of exchanges) {
    const found = exchange && userIn(exchange);
    if (found === undefined) continue;
    const before =
      users.get(found.username) ?? [...users.values()].find(({ email }) => email === found.email);
    if (before !== undefined && before.username !== found.username) users.delete(before.username);
    users.set(found.username, { ...found, password: found.password ?? before?.password });
  }
  return [...users.values()];
}

function userIn({ request, response }: Asked): KnownUser | undefined {
  if (response === undefined || response.status < 200 || response.status > 299) return undefined;
  if (!giving.test(request.target.split('?')[0] ?? '')) return undefined;
  const user = field(parse(response.body), 'user');
  const asked = field(parse(request.body ?? ''), 'user');
  const username = text(user, 'username');
  const email = text(user, 'email') ?? text(asked, 'email');
  const token = text(user, 'token');
  if (username === undefined || email === undefined || token === undefined) return undefined;
  return { username, email, token, password: text(asked, 'password') };
}

/** The newest value that a path of the contract needs, from answers of the server: a slug, the id of a comment. */
export function newestIn(exchanges: readonly (Asked | undefined)[], parameter: string): string | undefined {
  const inside = parameter === 'slug' ? 'article' : parameter === 'id' ? 'comment' : undefined;
  if (inside === undefined) return undefined;
  for (const exchange of exchanges.toReversed()) {
    const { response } = exchange ?? {};
    if (response === undefined || response.status < 200 || response.status > 299) continue;
    const value = field(field(parse(response.body), inside), parameter);
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function text(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === 'string' ? found : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

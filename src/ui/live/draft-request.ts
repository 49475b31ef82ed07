import type { Exchange } from '../../domain/verdict.ts';
import type { RawHeaders, RawRequest } from '../../engines/engine.ts';

/** A line of a table of names and values; one that is off is kept and not sent. */
export interface Pair {
  readonly on: boolean;
  readonly name: string;
  readonly value: string;
}

/** A request as a person writes it. */
export interface DraftRequest {
  readonly method: string;
  /** With or without a query of its own. */
  readonly path: string;
  readonly query: readonly Pair[];
  readonly headers: readonly Pair[];
  /** The value of `Authorization`; empty for none. */
  readonly authorization: string;
  readonly body: string;
}

export const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'] as const;

/** What keeps a request from being sent. */
export type Obstacle =
  { readonly kind: 'method' | 'path' | 'authorization' } | { readonly kind: 'header'; readonly name: string };

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const printable = /^[\t\x20-\x7e\x80-\xff]*$/;

/** The request as it goes over the wire, or what is wrong with it. */
export function toRaw(draft: DraftRequest): RawRequest | Obstacle {
  const method = draft.method.trim().toUpperCase();
  if (!token.test(method)) return { kind: 'method' };
  if (!draft.path.startsWith('/')) return { kind: 'path' };
  const headers: RawHeaders = [];
  for (const { on, name, value } of draft.headers) {
    if (!on || name.trim() === '') continue;
    if (!token.test(name.trim()) || !printable.test(value)) return { kind: 'header', name };
    headers.push([name.trim(), value.trim()]);
  }
  if (!printable.test(draft.authorization)) return { kind: 'authorization' };
  if (draft.authorization !== '') headers.push(['Authorization', draft.authorization]);
  const request = { method, target: targetOf(draft), headers };
  return draft.body === '' ? request : { ...request, body: new TextEncoder().encode(draft.body) };
}

/** Path and query as they go into the request line: what may not stand there is percent-encoded. */
export function targetOf({ path, query }: Pick<DraftRequest, 'path' | 'query'>): string {
  const more = query
    .filter(({ on, name }) => on && name !== '')
    .map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  const start = path
    .toWellFormed()
    .replace(/[^\x21-\x22\x24-\x7e]/gu, (character) => encodeURIComponent(character));
  if (more === '') return start;
  return `${start}${start.includes('?') ? '&' : '?'}${more}`;
}

/** A request that was sent, as a draft of the same request. */
export function fromSent(request: Exchange['request']): DraftRequest {
  const [path = '', ...rest] = request.target.split('?');
  const search = rest.join('?');
  const query = search === '' ? [] : search.split('&').map((part) => pairOf(part));
  const isAuthorization = ([name]: [string, string]): boolean => name.toLowerCase() === 'authorization';
  const made = /^(host|content-length|connection)$/i;
  return {
    method: request.method,
    // A query that would not survive being taken apart and put together stays in the path.
    path: query.includes(undefined) ? request.target : path,
    query: query.includes(undefined) ? [] : query.flatMap((pair) => pair ?? []),
    headers: request.headers
      .filter((line) => !isAuthorization(line) && !made.test(line[0]))
      .map(([name, value]) => ({ on: true, name, value })),
    authorization: request.headers.find(isAuthorization)?.[1] ?? '',
    body: request.body ?? '',
  };
}

function pairOf(part: string): Pair | undefined {
  const at = part.indexOf('=');
  if (at === -1) return undefined;
  try {
    const [name, value] = [decodeURIComponent(part.slice(0, at)), decodeURIComponent(part.slice(at + 1))];
    const same = `${encodeURIComponent(name)}=${encodeURIComponent(value)}` === part;
    return same ? { on: true, name, value } : undefined;
  } catch {
    return undefined;
  }
}

/** What is wrong with a text that should be JSON; undefined when nothing is, or when it is empty. */
export function jsonFault(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

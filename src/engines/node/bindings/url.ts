import type { Binding, RealmContext } from '../context.ts';
import { host } from '../host.ts';

/** "No such part", as ada's url_aggregator says it. */
const omitted = 0xffffffff;

/** Scheme kinds by ada's numbers; anything else is 1. */
const schemes: Record<string, number> = {
  'http:': 0,
  'https:': 2,
  'ws:': 3,
  'ftp:': 4,
  'wss:': 5,
  'file:': 6,
};
const notSpecial = 1;

const updateActions = [
  'protocol',
  'host',
  'hostname',
  'port',
  'username',
  'password',
  'pathname',
  'search',
  'hash',
  'href',
] as const;

type MutableUrl = { -readonly [K in (typeof updateActions)[number]]: string };

/** Offsets of a URL's parts in its text, in the order in which lib/internal/url.js reads them. */
function componentsOf(url: URL): number[] {
  const href = url.href;
  const protocolEnd = url.protocol.length;
  let usernameEnd = protocolEnd;
  let hostStart = protocolEnd;
  let hostEnd = protocolEnd;
  let pathStart = protocolEnd;
  let port = omitted;
  if (href.startsWith('//', protocolEnd)) {
    const authority = protocolEnd + 2;
    const end = href.slice(authority).search(/[/?#]/);
    pathStart = end < 0 ? href.length : authority + end;
    usernameEnd = authority + url.username.length;
    const at = url.username !== '' || url.password !== '' ? href.lastIndexOf('@', pathStart - 1) : -1;
    hostStart = at < 0 ? authority : at;
    if (at < 0) usernameEnd = authority;
    hostEnd = url.port === '' ? pathStart : pathStart - url.port.length - 1;
    if (url.port !== '') port = Number(url.port);
  }
  const hash = href.indexOf('#', pathStart);
  const search = href.indexOf('?', pathStart);
  return [
    protocolEnd,
    usernameEnd,
    hostStart,
    hostEnd,
    port,
    pathStart,
    search < 0 || (hash >= 0 && search > hash) ? omitted : search,
    hash < 0 ? omitted : hash,
    schemes[url.protocol] ?? notSpecial,
  ];
}

function hostnameOf(domain: string): string {
  try {
    return new host.URL(`ws://${domain}`).hostname;
  } catch {
    return '';
  }
}

/** The `url` binding: parsing by the browser's parser, which follows the same standard. */
export function createUrlBinding(realm: RealmContext): Binding {
  const urlComponents = new Uint32Array(9);

  const invalid = (input: string, base: string | undefined): never => {
    const error = new TypeError('Invalid URL');
    Object.assign(error, { code: 'ERR_INVALID_URL', input, ...(base === undefined ? {} : { base }) });
    throw error;
  };

  return {
    urlComponents,
    domainToASCII: hostnameOf,
    domainToUnicode(domain: string): string {
      const { toUnicode } = realm.require('punycode') as { toUnicode(domain: string): string };
      return toUnicode(hostnameOf(domain));
    },
    parse(input: string, base: string | undefined, raise: boolean): string | undefined {
      let url: URL;
      try {
        url = base === undefined ? new host.URL(input) : new host.URL(input, base);
      } catch {
        return raise ? invalid(input, base) : undefined;
      }
      urlComponents.set(componentsOf(url));
      return url.href;
    },
    canParse: (input: string, base?: string) => host.URL.canParse(input, base),
    update(href: string, action: number, value: string): string | false {
      const url = new host.URL(href);
      const name = updateActions[action];
      if (name === undefined) return false;
      try {
        (url as MutableUrl)[name] = value;
      } catch {
        return false;
      }
      urlComponents.set(componentsOf(url));
      return url.href;
    },
    getOrigin: (href: string) => new host.URL(href).origin,
    format(href: string, hash: boolean, _unicode: boolean, search: boolean, auth: boolean): string {
      const url = new host.URL(href);
      if (!hash) url.hash = '';
      if (!search) url.search = '';
      if (!auth) {
        url.username = '';
        url.password = '';
      }
      return url.href;
    },
  };
}

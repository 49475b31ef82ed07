import type { Binding, RealmContext } from '../context.ts';
import { host } from '../host.ts';
import { requestClassOf, type RequestLike } from './async-wrap.ts';
import { loopback, ownAddresses, reportOutside } from './addresses.ts';

/** Names of ports that every machine knows. */
const services: ReadonlyMap<number, string> = new Map([
  [21, 'ftp'],
  [22, 'ssh'],
  [23, 'telnet'],
  [25, 'smtp'],
  [53, 'domain'],
  [80, 'http'],
  [443, 'https'],
]);

/** The `cares_wrap` binding: names of the sandbox itself; every other name does not exist in here. */
export function createCaresBinding(realm: RealmContext): Binding {
  const notFound = realm.constantsOf('uv')['UV_EAI_NONAME'] as number;
  const names = new Set(['localhost', 'localhost.localdomain', 'ip6-localhost']);

  interface Request extends RequestLike {
    oncomplete(...results: unknown[]): void;
  }
  class GetAddrInfoReqWrap extends requestClassOf(realm) {
    constructor() {
      super('GETADDRINFOREQWRAP');
    }
  }
  class GetNameInfoReqWrap extends requestClassOf(realm) {
    constructor() {
      super('GETNAMEINFOREQWRAP');
    }
  }
  class QueryReqWrap extends requestClassOf(realm) {
    constructor() {
      super('QUERYWRAP');
    }
  }

  class ChannelWrap {
    #servers: [address: string, port: number][] = [['127.0.0.1', 53]];
    getServers(): unknown[] {
      return this.#servers;
    }
    setServers(servers: readonly [family: number, address: string, port: number][]): number {
      this.#servers = servers.map(([, address, port]) => [address, port]);
      return 0;
    }
    setLocalAddress(): void {}
    cancel(): void {}
  }
  const kinds = ['Any', 'A', 'Aaaa', 'Caa', 'Cname', 'Mx', 'Ns', 'Txt', 'Srv', 'Ptr', 'Naptr', 'Soa'];
  for (const name of [...kinds.map((kind) => `query${kind}`), 'getHostByAddr']) {
    Reflect.set(ChannelWrap.prototype, name, (request: Request) => {
      request.begin();
      realm.complete(() => realm.callback(request.oncomplete, request, 'ECONNREFUSED'));
      return 0;
    });
  }

  return {
    ...realm.constantsOf('cares_wrap'),
    GetAddrInfoReqWrap,
    GetNameInfoReqWrap,
    QueryReqWrap,
    ChannelWrap,
    getaddrinfo(request: Request, hostname: string, family: number): number {
      request.begin();
      const known = names.has(hostname.toLowerCase());
      if (!known && hostname.includes('.')) reportOutside(realm, hostname);
      const addresses = family === 6 ? ['::1'] : [loopback];
      realm.complete(() =>
        realm.callback(request.oncomplete, request, known ? null : notFound, known ? addresses : undefined),
      );
      return 0;
    },
    getnameinfo(request: Request, address: string, port: number): number {
      request.begin();
      realm.complete(() =>
        ownAddresses.has(address)
          ? realm.callback(request.oncomplete, request, null, 'localhost', services.get(port) ?? String(port))
          : realm.callback(request.oncomplete, request, notFound),
      );
      return 0;
    },
    canonicalizeIP: (address: string) => canonicalAddress(address),
    strerror: (code: number) => `DNS error ${code}`,
  };
}

function canonicalAddress(address: string): string | undefined {
  if (/^(?:\d{1,3}\.){3}\d{1,3}$/.test(address)) return address;
  try {
    return new host.URL(`http://[${address}]`).hostname.slice(1, -1);
  } catch {
    return undefined;
  }
}

import type { RawRequest } from '../../src/engines/engine.ts';
import { basePath, type Endpoint } from '../contract/index.ts';
import { showJson } from '../json.ts';
import { NotReached } from './reply.ts';
import type { Ask, Group, GroupContext } from './types.ts';

const encoder = new TextEncoder();

/**
 * The request as it goes over the wire.
 * @throws NotReached when the server gave a token that no header can hold.
 */
export function buildRequest(endpoint: Endpoint, { path, token, authorization, body }: Ask): RawRequest {
  const headers: RawRequest['headers'] = [['Accept', 'application/json']];
  const credentials = token === undefined ? authorization : `Token ${token}`;
  if (credentials !== undefined) {
    if (!/^[\x21-\x7e]+( [\x21-\x7e]+)?$/.test(credentials)) {
      throw new NotReached(`needs a token, and ${showJson(token ?? credentials)} is none`);
    }
    headers.push(['Authorization', credentials]);
  }
  const request = { method: endpoint.split(' ')[0] ?? 'GET', target: basePath + path, headers };
  if (body === undefined) return request;
  headers.push(['Content-Type', 'application/json']);
  return { ...request, body: encoder.encode(JSON.stringify(body)) };
}

/** Names that belong to one group of one run. */
export function createContext(group: Group, runKey: string): GroupContext {
  const key = `${runKey}${group.id}`.replaceAll(/[^a-z0-9]/g, '');
  return {
    person: (name) => ({
      username: `user${key}${name}`,
      email: `user${key}${name}@mail.com`,
      password: `password${name}${key}`,
    }),
    unique: (name) => `${name}${key}`,
  };
}

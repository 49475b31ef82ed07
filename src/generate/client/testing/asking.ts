import { afterEach } from 'vitest';
import { createModelClient, type ClientOptions } from '../client.ts';
import type { Connection } from '../presets.ts';
import type { RetryPolicy } from '../retry.ts';
import { ModelError, type Answer, type AskOptions, type AskRequest } from '../types.ts';
import { startModelServer, type ModelServer, type ServerOptions } from './model-server.ts';

/** Waits that a test can bear. */
export const fast: RetryPolicy = {
  attempts: {
    loading: 4,
    'silent-end': 2,
    rate: 4,
    server: 3,
    network: 3,
    timeout: 2,
    'bad-answer': 2,
    empty: 2,
  },
  baseMs: 4,
  maxMs: 10,
  askedMs: 3_000,
};
export const question: AskRequest = { messages: [{ role: 'user', text: 'Write a server.' }] };

/** What a test changes of how it asks. */
export interface Asking {
  readonly connection?: Partial<Connection>;
  readonly client?: ClientOptions;
  readonly ask?: AskOptions;
}
export type Ask = (request?: AskRequest, asking?: Asking) => Promise<Answer>;

/** Scripted servers, each with a client of its own; they end with the test that started them. */
export function askedServers(): {
  start(options: ServerOptions): Promise<ModelServer>;
  withServer(options: ServerOptions): Promise<{ server: ModelServer; ask: Ask }>;
} {
  const servers: ModelServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });
  const start = async (options: ServerOptions): Promise<ModelServer> => {
    const server = await startModelServer(options);
    servers.push(server);
    return server;
  };
  return {
    start,
    async withServer(options) {
      const server = await start(options);
      const ask: Ask = (request = question, { connection = {}, client = {}, ask: more = {} } = {}) =>
        createModelClient(
          { preset: 'custom', address: server.url, model: 'scripted-1', api: 'chat', ...connection },
          { policy: fast, ...client },
        ).ask(request, more);
      return { server, ask };
    },
  };
}

/** @throws Error when it was answered after all */
export async function errorOf(promise: Promise<unknown>): Promise<ModelError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error('it was answered');
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { chatEvents, chatWhole, responseEvents, responseWhole } from './wire-formats.ts';

/** What the scripted model answers to one request. */
export interface Reply {
  text?: string;
  reasoning?: string;
  refusal?: string;
  toolCalls?: { id: string; name: string; arguments: string }[];
  /** As chat completions name it; default `stop`, or `tool_calls`. `null`: the stream never says. */
  finish?: string | null;
  /** Undefined: counted from the lengths. `null`: not told. */
  usage?: { input: number; output: number; cached?: number; reasoning?: number } | null;

  /** An answer of this status and this body instead of the model's. */
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;

  /** Comments before the first event, as routers send while they wait; default 1. */
  comments?: number;
  /** Characters of one delta; default 12. */
  piece?: number;
  /** Bytes of one write, whatever they cut apart; default whole events. */
  bytes?: number;
  /** Milliseconds before the headers, before the first event, between two writes. */
  headersMs?: number;
  firstMs?: number;
  gapMs?: number;
  /** After so many events: the connection is cut, or the stream ends without a word, or this error comes. */
  cutAfter?: number;
  endAfter?: number;
  errorAfter?: { events: number; error: unknown };
  /** False: no `[DONE]` at the end. */
  done?: boolean;
  /** Never answers (`headers`), or never goes on after so many events. */
  hang?: 'headers' | number;
  /** Answers in one piece though a stream was asked for. */
  whole?: boolean;
}

/** A request as it came. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: Record<string, unknown>;
  /** Its messages, of either API, as role and text. */
  readonly messages: readonly { role: string; text: string }[];
  /** How many requests to the model came before it. */
  readonly index: number;
}

export interface ServerOptions {
  /** Replies one after the other, the last for all that follow; or what decides on each. */
  replies: readonly Reply[] | ((asked: Asked) => Reply | Promise<Reply>);
  models?: readonly (string | Record<string, unknown>)[];
  /** The answer to `/models` in place of that list; an object with a `status` alone is an answer of that status. */
  list?: unknown;
  /** Only requests with this key are taken. */
  key?: string;
  /** False: no word of CORS. Default: any origin. */
  cors?: boolean;
  /** Response headers that a page may read. */
  exposed?: string;
  /** Request headers that a page may send; default what the API needs. */
  allowed?: string;
  port?: number;
}

export interface ModelServer {
  /** Base address, with `/v1`. */
  readonly url: string;
  readonly asked: readonly Asked[];
  /** The `Authorization` of every request, whatever it asked for; undefined where there was none. */
  readonly authorizations: readonly (string | undefined)[];
  /** Answers that never came to their end: cut here, or left by the one who asked. */
  readonly dropped: number;
  close(): Promise<void>;
}

/** A scripted OpenAI-compatible server on the loopback: chat completions, responses, models. */
export async function startModelServer(options: ServerOptions): Promise<ModelServer> {
  const asked: Asked[] = [];
  const sockets = new Set<Socket>();
  const authorizations: (string | undefined)[] = [];
  let dropped = 0;
  const server = createServer((request, response) => {
    authorizations.push(request.headers.authorization);
    response.on('close', () => {
      if (!response.writableFinished) dropped++;
    });
    void answer(request, response, options, asked).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500).end(String(error));
      else response.destroy();
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    asked,
    authorizations,
    get dropped() {
      return dropped;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: ServerOptions,
  asked: Asked[],
): Promise<void> {
  const {
    cors = true,
    exposed,
    allowed = 'authorization, content-type',
    key,
    list,
    models = ['scripted-1'],
  } = options;
  if (cors) {
    response.setHeader('Access-Control-Allow-Origin', '*');
    if (exposed !== undefined) response.setHeader('Access-Control-Expose-Headers', exposed);
  }
  if (request.method === 'OPTIONS') {
    if (cors) {
      response.setHeader('Access-Control-Allow-Headers', allowed);
      response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
    }
    response.writeHead(204).end();
    return;
  }
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  if (!path.startsWith('/v1/')) return void response.writeHead(404).end('404 page not found');
  const sendJson = (status: number, body: unknown): void => {
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  };
  if (key !== undefined && request.headers.authorization !== `Bearer ${key}`) {
    const said = request.headers.authorization ?? 'none';
    return sendJson(401, {
      error: { message: `Incorrect API key provided: ${said}.`, code: 'invalid_api_key' },
    });
  }
  const { status: listStatus } = (list ?? {}) as { status?: number };
  if (path === '/v1/models' && list !== undefined)
    return sendJson(listStatus ?? 200, listStatus === undefined ? list : { detail: 'Not Found' });
  if (path === '/v1/models')
    return sendJson(200, {
      object: 'list',
      data: models.map((model) =>
        typeof model === 'string' ? { id: model, object: 'model', owned_by: 'us' } : model,
      ),
    });
  const kind = { '/v1/chat/completions': 'chat', '/v1/responses': 'responses' }[path];
  if (kind === undefined || request.method !== 'POST')
    return sendJson(404, { error: { message: `Unknown path ${path}` } });
  const text = await new Response(request as unknown as ReadableStream).text();
  const one = readAsked(request, path, JSON.parse(text) as Record<string, unknown>, asked.length);
  asked.push(one);
  const { replies } = options;
  const reply =
    typeof replies === 'function'
      ? await replies(one)
      : (replies[Math.min(one.index, replies.length - 1)] ?? {});
  if (reply.hang === 'headers') return;
  await pause(reply.headersMs ?? 0);
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  response.setHeader('x-request-id', `req-${one.index}`);
  if (reply.status !== undefined || reply.body !== undefined) {
    const { status = 200, body = {} } = reply;
    if (typeof body === 'string') response.writeHead(status).end(body);
    else sendJson(status, body);
    return;
  }
  const model = String(one.json['model']);
  if (one.json['stream'] !== true || reply.whole === true)
    return sendJson(200, kind === 'chat' ? chatWhole(reply, model) : responseWhole(reply, model));
  const withUsage =
    (one.json['stream_options'] as { include_usage?: boolean } | undefined)?.include_usage === true;
  const events = kind === 'chat' ? chatEvents(reply, model, withUsage) : responseEvents(reply, model);
  await stream(response, events, reply);
}

function readAsked(
  request: IncomingMessage,
  path: string,
  json: Record<string, unknown>,
  index: number,
): Asked {
  const list = (json['messages'] ?? json['input'] ?? []) as Record<string, unknown>[];
  return {
    method: request.method ?? '',
    path,
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    json,
    messages: list.map((one) => ({
      role: String(one['role'] ?? one['type']),
      text: String(one['content'] ?? one['output'] ?? ''),
    })),
    index,
  };
}

async function stream(response: ServerResponse, events: string[], reply: Reply): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
  response.flushHeaders();
  await pause(reply.firstMs ?? 0);
  const stop = Math.min(
    reply.cutAfter ?? Infinity,
    reply.endAfter ?? Infinity,
    reply.errorAfter?.events ?? Infinity,
    typeof reply.hang === 'number' ? reply.hang : Infinity,
  );
  const ended = stop < events.length;
  const shown = ended ? events.slice(0, stop) : events;
  const last =
    reply.errorAfter !== undefined ? [`data: ${JSON.stringify({ error: reply.errorAfter.error })}\n\n`] : [];
  for (const part of cut([...shown, ...last], reply.bytes)) {
    if (response.destroyed) return;
    response.write(part);
    if (reply.gapMs !== undefined || reply.bytes !== undefined) await pause(reply.gapMs ?? 0);
  }
  if (typeof reply.hang === 'number') return;
  if (reply.cutAfter !== undefined) {
    // What was written is to arrive before the end does.
    await pause(50);
    response.destroy();
    return;
  }
  if (!ended && reply.done !== false) response.write('data: [DONE]\n\n');
  response.end();
}

function cut(events: readonly string[], bytes: number | undefined): Uint8Array[] {
  const whole = new TextEncoder().encode(events.join(''));
  if (bytes === undefined) return events.map((event) => new TextEncoder().encode(event));
  return Array.from({ length: Math.ceil(whole.length / bytes) }, (_, index) =>
    whole.subarray(index * bytes, (index + 1) * bytes),
  );
}

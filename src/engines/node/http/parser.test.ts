import { beforeAll, describe, expect, it } from 'vitest';
import { fakeServices } from '../testing/fake-services.ts';
import { runPinned } from '../testing/pinned-node.ts';
import type { ConnectionsList } from './connections.ts';
import { createHttpParserBinding, type ConsumableHandle } from './index.ts';

interface Case {
  name: string;
  type?: 1 | 2;
  /** Reads, as latin1. */
  reads: string[];
  finish?: boolean;
  maxHeaderSize?: number;
  lenient?: number;
  /** What kOnHeadersComplete returns, by message. */
  results?: number[];
  pauseIn?: number;
}

/** Plays a case through an HTTPParser and writes down all that it says. Runs here and, as text, in the pinned Node. */
function record(binding: Record<string, unknown>, play: Case): unknown[] {
  const events: unknown[] = [];
  const Parser = binding['HTTPParser'] as new () => Record<string | number, (...args: unknown[]) => unknown>;
  const parser = new Parser();
  const results = [...(play.results ?? [])];
  const tell =
    (name: string) =>
    (...args: unknown[]): unknown => {
      const shown = args.map((value) =>
        value instanceof Uint8Array ? `body:${Buffer.from(value).toString('latin1')}` : value,
      );
      events.push([name, ...shown.map((value) => (value === undefined ? '-' : value))]);
      return name === 'headersComplete' ? (results.shift() ?? 0) : undefined;
    };
  ['begin', 'headers', 'headersComplete', 'body', 'complete'].forEach(
    (name, slot) => (parser[slot] = tell(name)),
  );
  parser['initialize']?.(play.type ?? 1, {}, play.maxHeaderSize ?? 0, play.lenient ?? 0);
  const outcome = (label: string, value: unknown): void => {
    const error = value as { message: string; code: string; reason: string; bytesParsed: number };
    // Where a paused parser stands is an accident of addresses in Node.
    const taken = value instanceof Error && error.code !== 'HPE_PAUSED' ? error.bytesParsed : '-';
    if (value instanceof Error) events.push([label, error.message, error.code, error.reason, taken]);
    else events.push([label, value ?? '-']);
  };
  play.reads.forEach((read, index) => {
    if (play.pauseIn === index) parser['pause']?.();
    outcome('execute', parser['execute']?.(Buffer.from(read, 'latin1')));
    if (play.pauseIn === index) parser['resume']?.();
    events.push(['state', parser['headersCompleted']?.(), (parser['duration']?.() as number) > 0]);
  });
  if (play.finish !== false) outcome('finish', parser['finish']?.());
  parser['close']?.();
  return events;
}

const get = 'GET /a?b=c HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n';
const post = 'POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello';
const chunked =
  'POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n5;e=1\r\npedia\r\n0\r\nTrailer-A:  v \r\n\r\n';
const many = `GET / HTTP/1.1\r\n${Array.from({ length: 70 }, (_, i) => `H${i}: v${i}\r\n`).join('')}\r\n`;
const bytewise = (text: string): string[] => [...text];

const cases: Case[] = [
  { name: 'a plain GET', reads: [get] },
  { name: 'a GET byte by byte', reads: bytewise(get) },
  { name: 'a POST with a body', reads: [post] },
  { name: 'a POST in pieces', reads: bytewise(post) },
  { name: 'a chunked POST with a trailer', reads: [chunked] },
  { name: 'a chunked POST byte by byte', reads: bytewise(chunked) },
  { name: 'a chunked POST followed by a GET', reads: [chunked + get, get] },
  { name: 'pipelining', reads: [get + post + get + chunked + post] },
  { name: 'keep-alive over several reads', reads: [get, post, get] },
  { name: 'more headers than one group', reads: [many, get] },
  { name: 'Connection: close', reads: ['GET / HTTP/1.1\r\nConnection: close\r\n\r\n', get] },
  { name: 'HTTP/1.0', reads: ['GET / HTTP/1.0\r\n\r\n'] },
  { name: 'HTTP/1.0 keep-alive', reads: ['GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n', get] },
  { name: 'Expect', reads: ['POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n', 'ok'] },
  {
    name: 'an upgrade',
    reads: ['GET /ws HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nrest'],
    results: [2],
  },
  {
    name: 'an upgrade that is declined',
    reads: ['GET /ws HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n'],
    results: [0],
  },
  { name: 'CONNECT', reads: ['CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\nxyz'], results: [2] },
  {
    name: 'duplicate and empty headers, latin1 values',
    reads: ['GET / HTTP/1.1\r\nA: 1\r\na: 2\r\nB:\r\nC: \xe9\xff \t\r\n\r\n'],
  },
  { name: 'a lone LF line', reads: ['GET / HTTP/1.1\nHost: x\n\n'] },
  { name: 'an unknown method', reads: ['FOO / HTTP/1.1\r\n\r\n'] },
  { name: 'no request at all', reads: ['hello there\r\n\r\n'] },
  { name: 'a bad version', reads: ['GET / HTTP/1.x\r\n\r\n'] },
  { name: 'HTTP/2.0', reads: ['GET / HTTP/2.0\r\n\r\n'] },
  { name: 'the HTTP/2 preface', reads: ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'] },
  { name: 'a space in a header name', reads: ['GET / HTTP/1.1\r\nBad Name: x\r\n\r\n'] },
  { name: 'a header without a colon', reads: ['GET / HTTP/1.1\r\nNope\r\n\r\n'] },
  { name: 'a control character in a value', reads: ['GET / HTTP/1.1\r\nA: \x01\r\n\r\n'] },
  { name: 'a folded header', reads: ['GET / HTTP/1.1\r\nA: 1\r\n 2\r\n\r\n'] },
  { name: 'a bad Content-Length', reads: ['POST / HTTP/1.1\r\nContent-Length: 1x\r\n\r\n'] },
  {
    name: 'two Content-Lengths',
    reads: ['POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
  },
  {
    name: 'both lengths',
    reads: ['POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n'],
  },
  { name: 'a bad chunk size', reads: ['POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'] },
  { name: 'an unfinished body', reads: ['POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc'] },
  { name: 'unfinished headers', reads: ['GET / HTTP/1.1\r\nHos'] },
  { name: 'a URL with a space', reads: ['GET /a b HTTP/1.1\r\n\r\n'] },
  { name: 'a URL beyond ASCII', reads: ['GET /\xc3\xa9 HTTP/1.1\r\n\r\n'] },
  {
    name: 'headers over the limit',
    maxHeaderSize: 40,
    reads: ['GET / HTTP/1.1\r\nA: 0123456789012345678901234567890123456789\r\n\r\n'],
  },
  { name: 'headers over the default limit', reads: [`GET / HTTP/1.1\r\nA: ${'x'.repeat(17_000)}\r\n\r\n`] },
  { name: 'many requests under a low limit', maxHeaderSize: 60, reads: [get, get, get, get] },
  { name: 'lenient parsing', lenient: 1023, reads: ['GET / HTTP/1.1\nA: \x01\n\n'] },
  { name: 'a paused parser', reads: [get], pauseIn: 0 },
  {
    name: 'a large body',
    reads: [`POST / HTTP/1.1\r\nContent-Length: 150000\r\n\r\n${'z'.repeat(150_000)}`],
  },
  { name: 'a response', type: 2, reads: ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'] },
  {
    name: 'a response up to the end',
    type: 2,
    reads: ['HTTP/1.1 404 Not Found\r\nX: y\r\n\r\nbody', 'more'],
  },
  {
    name: 'a response to HEAD',
    type: 2,
    results: [1],
    reads: ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n'],
  },
  {
    name: '100 and then 200',
    type: 2,
    results: [1],
    reads: ['HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'],
  },
  { name: 'a bad status line', type: 2, reads: ['HTTP/1.1 20x OK\r\n\r\n'] },
  {
    name: 'a chunked response cut short',
    type: 2,
    reads: ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab'],
  },
];

describe('internalBinding http_parser', () => {
  const services = fakeServices();
  const binding = createHttpParserBinding(services);
  let real: unknown[][] = [];
  let lists: string[][] = [];

  beforeAll(async () => {
    const script =
      `${record.toString()}\nconst binding = internalBinding('http_parser');\n` +
      `report({ events: ${JSON.stringify(cases)}.map((play) => record(binding, play)), ` +
      `lists: [binding.methods, binding.allMethods], ` +
      `constants: Object.fromEntries(Object.entries(binding.HTTPParser)) });`;
    const answer = (await runPinned(script)) as { events: unknown[][]; lists: string[][]; constants: object };
    real = answer.events;
    lists = answer.lists;
    expect(Object.fromEntries(Object.entries(binding['HTTPParser'] as object))).toEqual(answer.constants);
  });

  it.each(cases.map((play, index) => ({ ...play, index })))(
    'says the same as the pinned Node: $name',
    (play) => {
      expect(JSON.parse(JSON.stringify(record(binding, play)))).toEqual(real[play.index]);
    },
  );

  it('hands the bytes of a consumed stream over, and what was read to kOnExecute', () => {
    const Parser = binding['HTTPParser'] as new () => Record<string | number, unknown> & {
      initialize(type: number, resource: object): void;
      consume(handle: ConsumableHandle): void;
      unconsume(): void;
      getCurrentBuffer(): Uint8Array | null;
    };
    const parser = new Parser();
    const handle: ConsumableHandle = {};
    const seen: unknown[] = [];
    parser.initialize(1, {});
    parser[2] = () => void seen.push('headers');
    parser[5] = (result: unknown) =>
      void seen.push(result, Buffer.from(parser.getCurrentBuffer() ?? []).toString());
    parser.consume(handle);
    handle.consumer?.onBytes(Buffer.from(get));
    expect(seen).toEqual(['headers', get.length, get]);
    parser.unconsume();
    expect(handle.consumer).toBeUndefined();
  });

  it('throws what a callback threw, and goes on with other parsers', () => {
    const Parser = binding['HTTPParser'] as new () => Record<string | number, unknown> & {
      initialize(type: number, resource: object): void;
      execute(data: Uint8Array): unknown;
    };
    const parser = new Parser();
    parser.initialize(1, {});
    parser[2] = () => {
      throw new Error('from the handler');
    };
    expect(() => parser.execute(Buffer.from(get))).toThrow('from the handler');
    expect(record(binding, { name: 'again', reads: [get] })).toEqual(real[0]);
  });

  it('knows idle, active and late connections', async () => {
    const Parser = binding['HTTPParser'] as new () => Record<string, (...args: unknown[]) => unknown>;
    const List = binding['ConnectionsList'] as new () => ConnectionsList;
    const list = new List();
    const [silent, idle] = [new Parser(), new Parser()];
    for (const parser of [silent, idle]) parser['initialize']?.(1, {}, 0, 0, list);
    expect(list.active()).toHaveLength(2);
    idle['execute']?.(Buffer.from(get));
    expect(list.idle()).toEqual([idle]);
    expect(list.active()).toEqual([silent]);
    expect(list.all()).toEqual([idle, silent]);
    expect(list.expired(60_000, 60_000)).toEqual([]);
    expect(list.expired(0, 0)).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(list.expired(5, 0)).toEqual([silent]);
    expect(list.active()).toEqual([]);
    silent['remove']?.();
    expect(list.all()).toEqual([idle]);
  });

  it('lists the same methods', () => {
    expect([binding['methods'], binding['allMethods']]).toEqual(lists);
  });
});

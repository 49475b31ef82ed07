import { describe, expect, it } from 'vitest';
import { EngineError, type Duplex, type RawRequest } from '../engine.ts';
import { exchange, HttpClient, type Connect } from './http1.ts';

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const text = (bytes: Uint8Array) => String.fromCharCode(...bytes);

interface Peer {
  send(text: string): void;
  end(): void;
  reset(): void;
}

/** A connection whose other side is a function; `sent` collects what the client wrote. */
function scripted(onBytes: (peer: Peer, bytes: string) => void): {
  duplex: Duplex;
  closed: () => boolean;
  ended: () => boolean;
} {
  let closed = false;
  let ended = false;
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const readable = new ReadableStream<Uint8Array>({ start: (it) => void (controller = it) });
  const guard = (act: () => void) => {
    if (!closed) act();
  };
  const peer: Peer = {
    send: (data) => guard(() => controller?.enqueue(latin1(data))),
    end: () => guard(() => controller?.close()),
    reset: () => guard(() => controller?.error(new Error('reset'))),
  };
  const writable = new WritableStream<Uint8Array>({
    write: (bytes) => onBytes(peer, text(bytes)),
    close: () => void (ended = true),
  });
  const close = () => void (closed = true);
  return { duplex: { readable, writable, close }, closed: () => closed, ended: () => ended };
}

const get: RawRequest = { method: 'GET', target: '/', headers: [] };

/** Sends each part on its own and then ends. */
function answering(...parts: string[]): Connect {
  return () =>
    Promise.resolve(
      scripted((peer) => {
        for (const part of parts) peer.send(part);
        peer.end();
      }).duplex,
    );
}

const read = (...parts: string[]) => exchange(answering(...parts), get);

async function code(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof EngineError ? error.code : String(error);
}

describe('exchange', () => {
  it('keeps header order, duplicates, case and bytes', async () => {
    const response = await read(
      'HTTP/1.1 201 Très bien\r\nX-b: 1\r\nset-Cookie: a=1\r\nSet-Cookie: b=\xe9\r\nA:\t x \r\nContent-Length: 3\r\n\r\n\0\xff!',
    );
    expect(response).toMatchObject({ status: 201, statusText: 'Très bien' });
    expect(response.headers).toEqual([
      ['X-b', '1'],
      ['set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=é'],
      ['A', 'x'],
      ['Content-Length', '3'],
    ]);
    expect([...response.body]).toEqual([0, 255, 33]);
  });

  it('reads the same whatever the pieces it comes in', async () => {
    const wire =
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n' +
      'A;ext=1\r\n0123456789\r\n1\r\n!\r\n0\r\nTrailer: x\r\n\r\n';
    for (const pieces of [[wire], [...wire]]) {
      const response = await read(...pieces);
      expect(text(response.body)).toBe('0123456789!');
      expect(response.headers).toEqual([['Transfer-Encoding', 'chunked']]);
    }
  });

  it('reads until the close when nothing says the length', async () => {
    expect(text((await read('HTTP/1.0 200 OK\r\n\r\nhel', 'lo')).body)).toBe('hello');
    expect(text((await read('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\nhi')).body)).toBe(
      'hi',
    );
  });

  it('expects no body where there is none', async () => {
    const head = await exchange(answering('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n'), {
      ...get,
      method: 'HEAD',
    });
    expect(head.body.length).toBe(0);
    for (const status of [204, 304]) expect((await read(`HTTP/1.1 ${status} X\r\n\r\n`)).body.length).toBe(0);
  });

  it.each([
    ['hello world\r\n\r\n', 'HPE_INVALID_CONSTANT'],
    ['http/1.1 200 OK\r\n\r\n', 'HPE_INVALID_CONSTANT'],
    ['HTTP/1.2 200 OK\r\n\r\n', 'HPE_INVALID_VERSION'],
    ['HTTP/1.1 20 OK\r\n\r\n', 'HPE_INVALID_STATUS'],
    ['HTTP/1.1 2000 OK\r\n\r\n', 'HPE_INVALID_STATUS'],
    ['HTTP/1.1 200 OK\nContent-Length: 0\n\n', 'HPE_CR_EXPECTED'],
    ['HTTP/1.1 200 OK\r\nA : b\r\n\r\n', 'HPE_INVALID_HEADER_TOKEN'],
    ['HTTP/1.1 200 OK\r\nnocolon\r\n\r\n', 'HPE_INVALID_HEADER_TOKEN'],
    ['HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n', 'HPE_INVALID_HEADER_TOKEN'],
    ['HTTP/1.1 200 OK\r\nA: b\0c\r\n\r\n', 'HPE_INVALID_HEADER_TOKEN'],
    ['HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n', 'HPE_LF_EXPECTED'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 2x\r\n\r\nhi', 'HPE_INVALID_CONTENT_LENGTH'],
    ['HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nhi', 'HPE_INVALID_CONTENT_LENGTH'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nhi', 'HPE_UNEXPECTED_CONTENT_LENGTH'],
    [
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'HPE_INVALID_TRANSFER_ENCODING',
    ],
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 'HPE_INVALID_CHUNK_SIZE'],
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhixx', 'HPE_STRICT'],
    [`HTTP/1.1 200 OK\r\nA: ${'x'.repeat(17_000)}\r\n\r\n`, 'HPE_HEADER_OVERFLOW'],
    ['HTTP/1.1 100 Continue\r\n\r\n'.repeat(1_000), 'HPE_HEADER_OVERFLOW'],
    ['', 'ECONNRESET'],
    ['HTTP/1.1 200 OK\r\nConte', 'ECONNRESET'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhi', 'ECONNRESET'],
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n', 'ECONNRESET'],
  ])('refuses %j with %s', async (wire, expected) => {
    expect(await code(read(wire))).toBe(expected);
  });

  it('refuses garbage that never ends its first line', async () => {
    const connection = scripted((peer) => peer.send('garbage without an end'));
    expect(await code(exchange(() => Promise.resolve(connection.duplex), get))).toBe('HPE_INVALID_CONSTANT');
    expect(connection.closed()).toBe(true);
  });

  it('stops at the largest body, announced or not', async () => {
    const bodies = [
      'Content-Length: 9000000000\r\n\r\n',
      'Content-Length: 11\r\n\r\n',
      '\r\n01234567890',
      'Transfer-Encoding: chunked\r\n\r\n6\r\n012345\r\n6\r\n012345\r\n',
    ];
    for (const rest of bodies) {
      const connect = answering(`HTTP/1.1 200 OK\r\n${rest}`);
      expect(await code(exchange(connect, get, { maxBytes: 10 })), rest).toBe('EMSGSIZE');
    }
  });

  it('sends the request as given, adding only Host and the length', async () => {
    const sent: string[] = [];
    const connect: Connect = () =>
      Promise.resolve(
        scripted((peer, bytes) => {
          sent.push(bytes);
          peer.send('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
        }).duplex,
      );
    await exchange(connect, get, { host: 'localhost:3000' });
    const body = latin1('{}');
    await exchange(connect, {
      method: 'POST',
      target: '/a?b',
      headers: [
        ['x', '1'],
        ['hOST', 'h'],
      ],
      body,
    });
    await exchange(connect, { method: 'POST', target: '/', headers: [['content-length', '0']] });
    await exchange(connect, {
      method: 'PUT',
      target: '/',
      headers: [['Transfer-Encoding', 'chunked']],
      body,
    });
    await exchange(connect, { method: 'PUT', target: '/', headers: [] });
    expect(sent).toEqual([
      'GET / HTTP/1.1\r\nHost: localhost:3000\r\n\r\n',
      'POST /a?b HTTP/1.1\r\nx: 1\r\nhOST: h\r\nContent-Length: 2\r\n\r\n{}',
      'POST / HTTP/1.1\r\nHost: localhost\r\ncontent-length: 0\r\n\r\n',
      'PUT / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
      'PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n',
    ]);
  });

  it('does not let a request smuggle another', async () => {
    const bad: RawRequest[] = [
      { ...get, method: 'GET /x' },
      { ...get, target: '/ HTTP/1.1\r\nA: b' },
      { ...get, headers: [['a', 'b\r\nc: d']] },
      { ...get, headers: [['a b', 'c']] },
      { ...get, target: '/caf\u2603' },
    ];
    for (const request of bad) expect(await code(exchange(answering(''), request))).toBe('EINVAL');
  });

  it('reads blanks around and within a value, however many there are', async () => {
    const blanks = ' \t'.repeat(7_000);
    const { headers } = await read(`HTTP/1.1 204 No\r\na:${blanks}\r\n\r\n`);
    expect(headers).toEqual([['a', '']]);
    // Work that grows with the square of the blanks would take longer than a test may.
    for (let round = 0; round < 500; round++) {
      const { headers: inner } = await read(`HTTP/1.1 204 No\r\na: \tb${blanks}c\t \r\n\r\n`);
      expect(inner[0]?.[1]).toHaveLength(blanks.length + 2);
    }
  });

  it('ends the connection in good order, without a reset', async () => {
    const connection = scripted((peer) => {
      peer.send('HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n');
      peer.end();
    });
    await exchange(() => Promise.resolve(connection.duplex), get);
    await expect.poll(connection.ended).toBe(true);
    expect(connection.closed()).toBe(false);
  });

  it('can be aborted, while connecting and while waiting', async () => {
    const reason = new Error('enough');
    const never: Connect = () => new Promise(() => undefined);
    const silent = scripted(() => undefined);
    for (const connect of [never, () => Promise.resolve(silent.duplex)]) {
      const abort = new AbortController();
      const running = exchange(connect, get, { signal: abort.signal });
      setTimeout(() => abort.abort(reason), 5);
      await expect(running).rejects.toBe(reason);
    }
    expect(silent.closed()).toBe(true);
  });
});

describe('HttpClient', () => {
  const ok = (body: string, more = '') =>
    `HTTP/1.1 200 OK\r\n${more}Content-Length: ${body.length}\r\n\r\n${body}`;

  /** A client over scripted connections; `script(connection, request)` are counted from 1. */
  function client(script: (peer: Peer, connection: number, request: number) => void) {
    let opened = 0;
    const connect: Connect = () => {
      const connection = ++opened;
      let requests = 0;
      return Promise.resolve(scripted((peer) => script(peer, connection, ++requests)).duplex);
    };
    return { http: new HttpClient(connect, 'localhost:1'), opened: () => opened };
  }
  const body = async (response: Promise<{ body: Uint8Array }>) => text((await response).body);

  it('reuses a connection that is kept alive', async () => {
    const { http, opened } = client((peer, connection, request) => peer.send(ok(`${connection}.${request}`)));
    expect(await body(http.request(get))).toBe('1.1');
    expect(await body(http.request(get))).toBe('1.2');
    expect(opened()).toBe(1);
    const pair = await Promise.all([body(http.request(get)), body(http.request(get))]);
    expect(pair).toEqual(['1.3', '2.1']);
  });

  it('does not reuse one that closes, says so, is HTTP/1.0 or sends too much', async () => {
    const answers = [
      ok('x', 'Connection: close\r\n'),
      'HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx',
      `${ok('x')}HTTP/1.1 200 OK\r\n`,
    ];
    const { http, opened } = client((peer, connection) => peer.send(answers[connection - 1] ?? ok('last')));
    for (const _ of answers) expect(await body(http.request(get))).toBe('x');
    expect(await body(http.request(get))).toBe('last');
    expect(opened()).toBe(4);
    await http.request({ ...get, headers: [['Connection', 'close']] });
    await http.request(get);
    expect(opened()).toBe(5);
  });

  it('tries once more when a reused connection was closed before any byte', async () => {
    const { http, opened } = client((peer, connection, request) => {
      if (connection === 1 && request === 2) peer.end();
      else peer.send(ok('x'));
    });
    await http.request(get);
    expect(await body(http.request(get))).toBe('x');
    expect(opened()).toBe(2);
  });

  it('does not try again after a byte, on a fresh connection, or twice', async () => {
    const partial = client((peer, _connection, request) => {
      peer.send(request === 1 ? ok('x') : 'HTTP/1.1 2');
      if (request === 2) peer.end();
    });
    await partial.http.request(get);
    expect(await code(partial.http.request(get))).toBe('ECONNRESET');
    expect(partial.opened()).toBe(1);

    const closing = client((peer, connection, request) => {
      if (connection === 1 && request === 1) peer.send(ok('x'));
      else peer.reset();
    });
    await closing.http.request(get);
    expect(await code(closing.http.request(get))).toBe('ECONNRESET');
    expect(closing.opened()).toBe(2);
    expect(await code(closing.http.request(get))).toBe('ECONNRESET');
    expect(closing.opened()).toBe(3);
  });

  it('sees a close while idle and opens anew', async () => {
    const { http, opened } = client((peer) => {
      peer.send(ok('x'));
      setTimeout(() => peer.end(), 1);
    });
    await http.request(get);
    await new Promise((done) => setTimeout(done, 30));
    await http.request(get);
    expect(opened()).toBe(2);
  });

  it('fails what is under way when closed', async () => {
    const { http } = client(() => undefined);
    const running = code(http.request(get));
    setTimeout(() => http.close(), 5);
    expect(await running).toBe('ECONNRESET');
  });
});

import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex as NodeStream } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { Mux } from '../engines/net/mux.ts';

/** Larger than any frame of the bridge. */
const maxFrameBytes = 1_024 * 1_024;

/** Where a page connects to, once, so that the command line can open connections inside its sandbox. */
export interface Bridge {
  /** Address for the page, with a secret that no other page of this machine knows. */
  readonly url: string;
  /** Resolves when the page has connected. */
  readonly connected: Promise<Mux>;
  /** Resolves when the page is gone. */
  readonly lost: Promise<void>;
  close(): void;
}

/**
 * Waits on a loopback server for one page.
 * @param server - Serves the page, too: the page's policy allows its own origin only.
 * @param origin - Of the page, e.g. `http://127.0.0.1:4000`.
 */
export function openBridge(server: Server, origin: string): Bridge {
  const token = randomBytes(32).toString('hex');
  const path = `/bridge/${token}`;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrameBytes,
    perMessageDeflate: false,
  });
  let taken: WebSocket | undefined;
  let lose: () => void = () => undefined;
  const lost = new Promise<void>((done) => (lose = done));
  let connect: (mux: Mux) => void = () => undefined;
  const connected = new Promise<Mux>((done) => (connect = done));

  const upgrade = (request: IncomingMessage, stream: NodeStream, head: Buffer) => {
    if (taken !== undefined || request.headers.origin !== origin || !same(request.url ?? '', path)) {
      stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      taken = socket;
      const mux = new Mux((frame) => socket.send(frame));
      socket.on('message', (data, isBinary) => {
        if (isBinary && data instanceof Buffer) mux.receive(data);
      });
      socket.on('error', () => socket.terminate());
      socket.on('close', () => {
        mux.close();
        lose();
      });
      connect(mux);
    });
  };
  server.on('upgrade', upgrade);
  return {
    url: `${origin.replace(/^http/, 'ws')}${path}`,
    connected,
    lost,
    close() {
      server.off('upgrade', upgrade);
      taken?.terminate();
      sockets.close();
    },
  };
}

function same(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}

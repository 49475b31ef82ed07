import './node/globals.ts';
import * as v from 'valibot';
import { hostMessage, type WorkerMessage } from '../messages.ts';
import { type Incoming, NetworkError, setTransport } from './network.ts';
import { CollectionRun } from './run.ts';
import { cut } from './record.ts';

/**
 * The worker that runs one collection. It starts inside the sandbox's frame: no network, no storage; everything goes
 * over the port that comes with the first message.
 */

interface Waiting {
  resolve: (answer: Incoming) => void;
  reject: (error: NetworkError) => void;
}

function begin(port: MessagePort): void {
  const waiting = new Map<number, Waiting>();
  const tell = (message: WorkerMessage) => port.postMessage(message);
  let requests = 0;
  let name = '';

  setTransport((request, signal) => {
    const id = requests++;
    signal.addEventListener('abort', () => {
      if (waiting.delete(id)) tell({ type: 'cancel', id });
    });
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      tell({ type: 'request', id, name, ...request });
    });
  });
  const network = {
    lastRequest: () => (requests === 0 ? undefined : requests - 1),
    name: (current: string) => (name = current),
  };

  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = v.parse(hostMessage, data);
    if (message.type === 'run') {
      try {
        new CollectionRun(network, tell).start(message);
      } catch (error) {
        tell({ type: 'failed', message: cut(error instanceof Error ? error.message : error) });
      }
      return;
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.type === 'response') asked?.resolve(message);
    else asked?.reject(new NetworkError(message.code, message.message));
  };
  tell({ type: 'ready' });
}

addEventListener('message', function start({ ports: [port] }: MessageEvent<unknown>) {
  if (port === undefined) return;
  removeEventListener('message', start);
  begin(port);
});

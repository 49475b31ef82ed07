import { Buffer } from 'buffer';
import * as process from './process.ts';

/** What Postman's libraries expect of Node or of a page's window. Imported before any of them. */

/** Calls back in a task of its own, without the four milliseconds that browsers add to nested timers. */
const { port1, port2 } = new MessageChannel();
const waiting: (() => void)[] = [];
port1.onmessage = () => waiting.shift()?.();

function setImmediate(work: (...args: unknown[]) => void, ...args: unknown[]): void {
  waiting.push(() => work(...args));
  port2.postMessage(null);
}

Object.assign(globalThis, { global: globalThis, window: globalThis, process, Buffer, setImmediate });

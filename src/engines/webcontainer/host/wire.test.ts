import { describe, expect, it } from 'vitest';
import { expose, exposedFunction, Handle, isCallback, type Exposed } from './wire.ts';

interface Answer {
  id?: string;
  type: number;
  name?: string;
  value?: unknown;
}

/** The other end of the wire: sends what it likes, and waits for answers. */
function caller(exposed: Exposed) {
  const { port1, port2 } = new MessageChannel();
  expose(exposed, port1);
  const answers: Answer[] = [];
  let arrived: () => void = () => undefined;
  port2.onmessage = ({ data }: MessageEvent<Answer>) => {
    answers.push(data);
    arrived();
  };
  return {
    port: port2,
    send: (message: unknown, transfer: Transferable[] = []) => port2.postMessage(message, transfer),
    async next(): Promise<Answer> {
      while (answers.length === 0) await new Promise<void>((done) => (arrived = done));
      return answers.shift() ?? { type: -1 };
    },
    close: () => port2.close(),
  };
}

const raw = (value: unknown) => ({ type: 0, value });

const object: Exposed = {
  methods: new Map<string, (...args: unknown[]) => unknown>([
    ['add', (a, b) => Number(a) + Number(b)],
    ['fail', () => Promise.reject(new TypeError('no such luck'))],
    ['child', () => new Handle({ methods: new Map([['name', () => 'child']]) })],
    ['subscribe', (listener) => (isCallback(listener) ? exposedFunction(() => listener('called')) : null)],
  ]),
  values: new Map([['later', Promise.resolve(7)]]),
};

describe('the wire of a host', () => {
  it('calls methods, waits for values, and tells of failures', async () => {
    const client = caller(object);
    client.send({ id: 'a', type: 2, path: ['add'], argumentList: [raw(2), raw(3)] });
    expect(await client.next()).toEqual({ id: 'a', type: 0, value: 5 });
    client.send({ id: 'b', type: 0, path: ['later'] });
    expect(await client.next()).toEqual({ id: 'b', type: 0, value: 7 });
    client.send({ id: 'c', type: 2, path: ['fail'], argumentList: [] });
    expect(await client.next()).toMatchObject({
      id: 'c',
      type: 3,
      name: 'throw',
      value: { isError: true, value: { name: 'TypeError', message: 'no such luck' } },
    });
    client.close();
  });

  it('hands out objects and takes functions, each over a port of its own', async () => {
    const client = caller(object);
    const { port1, port2 } = new MessageChannel();
    const called = new Promise<unknown>((done) => (port1.onmessage = ({ data }) => done(data)));
    const listener = { type: 3, name: 'proxy', value: port2 };
    client.send({ id: 'a', type: 2, path: ['subscribe'], argumentList: [listener] }, [port2]);
    const { name, value } = await client.next();
    expect(name).toBe('proxy');
    (value as MessagePort).postMessage({ id: 'b', type: 2, path: [], argumentList: [] });
    expect(await called).toMatchObject({ type: 2, path: [], argumentList: [raw('called')] });
    (value as MessagePort).close();
    port1.close();
    client.close();
  });

  it.each([
    [
      'constructs a function',
      { type: 3, path: ['constructor', 'constructor'], argumentList: [raw('return 1')] },
    ],
    [
      'calls what a method inherits',
      { type: 2, path: ['add', 'constructor'], argumentList: [raw('return 1')] },
    ],
    ['calls what an object inherits', { type: 2, path: ['toString'], argumentList: [] }],
    ['reads what an object inherits', { type: 0, path: ['__proto__'] }],
    ['sets a method', { type: 1, path: ['add'], value: raw(1) }],
    ['sets a prototype', { type: 1, path: ['__proto__', 'polluted'], value: raw(1) }],
    ['asks for another end', { type: 4, path: [] }],
    ['joins names', { type: 2, path: ['a', 'dd'], argumentList: [] }],
  ])('refuses who %s', async (_what, message) => {
    const client = caller(object);
    client.send({ id: 'x', ...message });
    expect(await client.next()).toMatchObject({ id: 'x', type: 3, name: 'throw' });
    expect('polluted' in {}).toBe(false);
    client.close();
  });

  it('passes over what is no call, and goes on', async () => {
    const client = caller(object);
    for (const nonsense of [null, 'text', {}, { id: 7, type: 2 }, { id: 'x', type: 2, path: 'add' }, [[]]]) {
      client.send(nonsense);
    }
    client.send({ id: 'x', type: 2, path: Array<string>(100).fill('add'), argumentList: [] });
    client.send({ id: 'y', type: 2, path: ['add'], argumentList: [raw(1), raw(1)] });
    expect(await client.next()).toEqual({ id: 'y', type: 0, value: 2 });
    client.close();
  });

  it('lets go of an object', async () => {
    let released = 0;
    const client = caller({ ...object, onRelease: () => (released += 1) });
    client.send({ id: 'a', type: 5, path: [] });
    expect(await client.next()).toMatchObject({ id: 'a', type: 0 });
    expect(released).toBe(1);
    client.close();
  });
});

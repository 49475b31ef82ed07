import { afterEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../../domain/limits.ts';
import type { Client, ClientProcess } from './client/types.ts';
import type { ClientScope } from './client/scope.ts';
import { fromBase64, toBase64 } from '../net/base64.ts';
import { LineWriter } from './lines.ts';
import { encodeMessage } from './messages.ts';
import { webContainerEngine, type WebContainerSettings } from './webcontainer-engine.ts';

const base64 = { encode: toBase64, decode: fromBase64 };
const parts = {
  versions: async () => ({ '@webcontainer/api': '1.6.4' }),
  names: async () => ['relay.cjs', 'shell.cjs'],
  load: async () => '',
};

interface Fake extends Client {
  /** What the client was told. */
  readonly told: string[];
  fail(message: string): void;
  /** The relay's output ends, as when it was killed. */
  endRelay(): void;
  /** What something inside writes in the relay's name. */
  forge(text: string): void;
}

/** A client whose relay says hello and nothing more. */
function fakeClient(hello = true): Fake {
  const told: string[] = [];
  let fail: (error: { message: string }) => void = () => undefined;
  let endRelay: () => void = () => undefined;
  let forge: (text: string) => void = () => undefined;
  const process: ClientProcess = {
    output: new ReadableStream<string>({
      start(controller) {
        const message = {
          type: 'hello',
          node: 'v20.20.2',
          directory: '/tmp/relay',
          needsShell: false,
        } as const;
        if (hello) controller.enqueue(new LineWriter('r', base64).line(encodeMessage(message)));
        forge = (text) => controller.enqueue(text);
        endRelay = () => {
          controller.enqueue('Killed\n');
          controller.close();
        };
      },
    }),
    input: new WritableStream<string>(),
    exit: new Promise((done) => setTimeout(done, 20, 137)),
    kill: () => undefined,
  };
  const refuse = () => Promise.reject(new Error('not part of this test'));
  return {
    told,
    fail: (message) => fail({ message }),
    endRelay: () => endRelay(),
    forge: (text) => forge(text),
    workdir: '/home/project',
    fs: { readFile: refuse, writeFile: refuse, readdir: refuse, rm: refuse, rename: refuse, mkdir: refuse },
    mount: async () => void told.push('mount'),
    spawn: async () => process,
    on: (event: string, listener: unknown) => {
      if (event === 'error') fail = listener as typeof fail;
      return () => undefined;
    },
    teardown: () => void told.push('teardown'),
  };
}

function engineOver(scope: Partial<ClientScope>, settings: WebContainerSettings = {}) {
  const removed: string[] = [];
  const whole: ClientScope = {
    host: 'https://host.example',
    reach: async () => true,
    boot: async () => fakeClient(),
    ...scope,
  };
  const engine = webContainerEngine(parts, settings, async () => ({
    scope: whole,
    remove: () => void removed.push('frame'),
  }));
  return { engine, removed };
}

afterEach(() => vi.useRealTimers());

describe('booting a WebContainer', () => {
  it('goes into the record with the versions and the host, and says that it is not isolated', async () => {
    const { engine, removed } = engineOver({});
    const sandbox = await engine.boot();
    expect(await engine.versions()).toEqual({
      '@webcontainer/api': '1.6.4',
      node: '20.20.2',
      host: 'https://host.example',
    });
    expect(engine.capabilities).toEqual({
      languages: ['node'],
      isolated: false,
      offline: false,
      maxSandboxes: 1,
    });
    await sandbox.dispose();
    expect(removed).toEqual(['frame']);
  });

  it('waits for the other run, says so, and can be given up', async () => {
    const { engine } = engineOver({});
    const first = await engine.boot();
    const labels: string[] = [];
    const onProgress = ({ label }: { label: string }) => void labels.push(label);
    const abort = new AbortController();
    const given = engine.boot({}, abort.signal);
    const second = engine.boot({ onProgress });
    await Promise.resolve();
    expect(labels).toEqual(['waiting for the other run']);
    abort.abort(new Error('given up'));
    await expect(given).rejects.toThrow('given up');
    await first.dispose();
    await (await second).dispose();
    expect(labels).toEqual(['waiting for the other run', 'Loading WebContainers from host.example']);
  });

  it('says that the host cannot be reached, and the next boot is not held up', async () => {
    vi.useFakeTimers();
    const { engine, removed } = engineOver({
      reach: async () => false,
      boot: () => new Promise(() => undefined),
    });
    const booting = expect(engine.boot()).rejects.toMatchObject({
      code: 'EBOOT',
      message: expect.stringContaining('https://host.example cannot be reached') as string,
    });
    await vi.advanceTimersByTimeAsync(limits.unreachableHostMs + 1);
    await booting;
    expect(removed).toEqual(['frame']);
    vi.useRealTimers();
    await (await engineOver({}).engine.boot()).dispose();
  });

  it('ends when the runtime does not start in time, or its relay does not', async () => {
    vi.useFakeTimers();
    const slow = engineOver({ boot: () => new Promise(() => undefined) });
    const silent = fakeClient(false);
    const first = expect(slow.engine.boot()).rejects.toThrow(
      /answers, but its runtime did not start within 60 s/,
    );
    await vi.advanceTimersByTimeAsync(limits.hostBootMs + 1);
    await first;
    const second = expect(engineOver({ boot: async () => silent }).engine.boot()).rejects.toThrow(
      /relay inside the WebContainer did not start/,
    );
    await vi.advanceTimersByTimeAsync(limits.relayMs + 1);
    await second;
    expect(silent.told).toContain('teardown');
  });

  it('hands on what the client says, without the key', async () => {
    const boot = () => Promise.reject(new Error('client_id=s3cret is not known'));
    const { engine } = engineOver({ boot }, { apiKey: 's3cret' });
    await expect(engine.boot()).rejects.toThrow('WebContainers could not boot: client_id=[key] is not known');
    await expect(engine.boot()).rejects.not.toThrow(/s3cret/);
    expect(JSON.stringify(await engine.versions())).not.toContain('s3cret');
  });

  it('is cancelled while the host is loading', async () => {
    const abort = new AbortController();
    const { engine, removed } = engineOver({ boot: () => new Promise(() => undefined) });
    const booting = engine.boot({}, abort.signal);
    setTimeout(() => abort.abort(new Error('cancelled')), 20);
    await expect(booting).rejects.toThrow('cancelled');
    expect(removed).toEqual(['frame']);
  });
});

describe('a WebContainer that fails', () => {
  it('makes the run unscored when its client reports an error', async () => {
    const client = fakeClient();
    const sandbox = await engineOver({ boot: async () => client }).engine.boot();
    const unsupported: string[] = [];
    sandbox.on('unsupported', ({ reason, detail }) => unsupported.push(`${reason}: ${detail}`));
    client.fail('the service worker is gone');
    expect(unsupported).toEqual(['engine: WebContainers: the service worker is gone']);
    await sandbox.dispose();
  });

  it('fails calls under way and later ones when it is torn down or loses its relay', async () => {
    const client = fakeClient();
    const sandbox = await engineOver({ boot: async () => client }).engine.boot();
    const call = sandbox.spawn('node');
    await sandbox.dispose();
    await sandbox.dispose();
    await expect(call).rejects.toMatchObject({ code: 'EDISPOSED' });
    await expect(sandbox.connect(3000)).rejects.toMatchObject({ code: 'EDISPOSED' });
    expect(client.told.filter((word) => word === 'teardown')).toHaveLength(1);

    const other = fakeClient();
    const second = await engineOver({ boot: async () => other }).engine.boot();
    const unsupported: string[] = [];
    second.on('unsupported', ({ detail }) => unsupported.push(detail));
    const waiting = second.spawn('node');
    other.endRelay();
    await expect(waiting).rejects.toMatchObject({ code: 'ESANDBOX' });
    expect(unsupported[0]).toBe(
      'the relay inside the WebContainer is lost: it exited with code 137; it printed: Killed',
    );
  });

  it.each([
    ['a message of another protocol', { type: 'own', everything: true }],
    ['an exit code that is none', { type: 'exit', pid: 1, code: 'zero' }],
    ['a reason that is none', { type: 'unsupported', reason: 'because', detail: '' }],
    ['a text that is too long', { type: 'unsupported', reason: 'engine', detail: 'x'.repeat(20_000) }],
  ])('ends at %s from inside', async (_what, message) => {
    const client = fakeClient();
    const sandbox = await engineOver({ boot: async () => client }).engine.boot();
    const ended = new Promise<string>((done) => sandbox.on('unsupported', ({ detail }) => done(detail)));
    const frame = new TextEncoder().encode(JSON.stringify(message));
    client.forge(`~r1:${toBase64(frame)}~\n`);
    expect(await ended).toContain('it sent a message that is not of the protocol');
    await expect(sandbox.connect(3000)).rejects.toMatchObject({ code: 'ESANDBOX' });
    expect(client.told).toContain('teardown');
  });
});

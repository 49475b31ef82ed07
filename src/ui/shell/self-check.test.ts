import { expect, it } from 'vitest';
import { checksAsText, selfCheck, type Check } from './self-check.ts';

const probes = {
  sandbox: () => Promise.resolve({ sharedMemory: true, webAssembly: true }),
  engineFiles: () => Promise.resolve(12),
};
const of = (checks: readonly Check[], id: string): Check => {
  const check = checks.find((one) => one.id === id);
  if (check === undefined) throw new Error(`no check ${id}`);
  return check;
};

/** A browser as Node has it, with what a test takes away or adds. */
const scope = (changes: object): typeof globalThis =>
  new Proxy(globalThis, {
    get: (target, name) => Reflect.get(name in changes ? changes : target, name),
    has: (target, name) => (name in changes ? Reflect.get(changes, name) !== undefined : name in target),
  });

it('tells what is missing with what to do, and never rejects', async () => {
  const bare = scope({
    navigator: { userAgent: 'Test/1', onLine: false, hardwareConcurrency: 2 },
    WebAssembly: undefined,
    indexedDB: undefined,
    localStorage: undefined,
    crossOriginIsolated: false,
  });
  const checks = await selfCheck(
    { sandbox: () => Promise.reject(new Error('no frame')), engineFiles: probes.engineFiles },
    bare,
  );
  for (const id of ['isolation', 'webAssembly', 'sandbox', 'indexedDB']) {
    expect(of(checks, id).status, id).toBe('missing');
    expect(of(checks, id).advice, id).toBeTruthy();
  }
  // A page over plain http is told nothing of the storage, and lacks nothing by it but what it says elsewhere.
  expect(of(checks, 'storage')).toMatchObject({
    status: 'unknown',
    advice: expect.stringContaining('https'),
  });
  expect(of(checks, 'jspi').status).toBe('limited');
  const words = checks.map(({ found }) => found).join(' ');
  expect(words).not.toMatch(/undefined|is not a/);
  expect(of(checks, 'sandbox').found).toBe('no frame');
  expect(of(checks, 'network')).toMatchObject({ status: 'limited', found: 'offline' });
  expect(of(checks, 'preferences').status).toBe('limited');
  expect(of(checks, 'engineFiles')).toMatchObject({ status: 'ok' });
  expect(checksAsText(checks)).toContain('Browser: there (Test/1)');
});

it('asks for what only works together: isolation and memory that grows', async () => {
  const isolation = async (changes: object): Promise<string> =>
    of(await selfCheck(probes, scope(changes)), 'isolation').status;
  expect(await isolation({ crossOriginIsolated: true })).toBe('ok');
  expect(await isolation({ crossOriginIsolated: false })).toBe('missing');
  expect(await isolation({ crossOriginIsolated: true, SharedArrayBuffer: undefined })).toBe('missing');
});

it('takes a sandbox without shared memory for missing', async () => {
  const sandbox = () => Promise.resolve({ sharedMemory: false, webAssembly: true });
  expect(of(await selfCheck({ ...probes, sandbox }), 'sandbox').status).toBe('missing');
});

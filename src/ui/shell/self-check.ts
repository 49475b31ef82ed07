import { checkText } from '../english/check.ts';
import type { Services } from '../services.ts';

/** `unknown`: the browser does not tell. */
export type CheckStatus = 'ok' | 'limited' | 'missing' | 'unknown';

/** One thing that the playground uses of a browser, as it was found. */
export interface Check {
  readonly id: string;
  readonly name: string;
  readonly status: CheckStatus;
  /** What was found, for a report. */
  readonly found: string;
  /** What it is needed for. */
  readonly needed: string;
  /** What to do; only where something is amiss. */
  readonly advice?: string;
}

type Finding = Pick<Check, 'status' | 'found'> & { readonly advice?: string };
type Words = Pick<Check, 'name' | 'needed' | 'advice'>;

/** Milliseconds that one check may take: what hangs is as good as missing. */
const patienceMs = 10_000;

const fine = (found: string): Finding => ({ status: 'ok', found });
const has = (there: boolean, whenMissing: CheckStatus = 'missing'): Finding => ({
  status: there ? 'ok' : whenMissing,
  found: there ? checkText.yes : checkText.no,
});

/** Tries out what the playground needs of this browser. Never rejects; takes up to about ten seconds when things hang. */
export function selfCheck(
  probes: Services['probes'],
  scope: typeof globalThis = globalThis,
): Promise<Check[]> {
  const { navigator } = scope;
  const checks: [id: string, words: Words, look: (signal: AbortSignal) => Finding | Promise<Finding>][] = [
    ['isolation', checkText.isolation, () => isolation(scope)],
    ['webAssembly', checkText.webAssembly, () => webAssembly(scope)],
    ['jspi', checkText.jspi, () => has(hasJspi(scope), 'limited')],
    ['sandbox', checkText.sandbox, (signal) => sandbox(probes, signal)],
    [
      'engineFiles',
      checkText.engineFiles,
      async (signal) => fine(checkText.engineFiles.found(await probes.engineFiles(signal))),
    ],
    [
      'indexedDB',
      checkText.indexedDB,
      async () =>
        // Missing where the types promise it: some private windows.
        (scope as Partial<typeof globalThis>).indexedDB === undefined
          ? has(false)
          : (await tryDatabase(scope.indexedDB), fine(checkText.indexedDB.found)),
    ],
    ['storage', checkText.storage, () => storage(navigator)],
    ['preferences', checkText.preferences, () => has(canKeep(scope), 'limited')],
    ['crypto', checkText.crypto, () => has(typeof scope.crypto?.subtle?.digest === 'function')],
    ['compression', checkText.compression, compression],
    [
      'clipboard',
      checkText.clipboard,
      () => has(typeof navigator.clipboard?.writeText === 'function', 'limited'),
    ],
    ['tabs', checkText.tabs, () => has('BroadcastChannel' in scope && 'locks' in navigator, 'limited')],
    ['machine', checkText.machine, () => machine(navigator)],
    ['network', checkText.network, () => network(navigator)],
    ['webGpu', checkText.webGpu, () => ({ status: 'ok', found: has('gpu' in navigator).found })],
    ['browser', checkText.browser, () => fine(navigator.userAgent)],
  ];
  return Promise.all(
    checks.map(async ([id, { name, needed, advice }, look]): Promise<Check> => {
      const finding = await attempt(look);
      const help = finding.advice ?? (finding.status === 'ok' ? undefined : advice);
      const { status, found } = finding;
      return { id, name, needed, status, found, ...(help !== undefined && { advice: help }) };
    }),
  );
}

/** As text, for a report: a line each. */
export const checksAsText = (checks: readonly Check[]): string =>
  checks.map(({ name, status, found }) => `${name}: ${checkText.status[status]} (${found})`).join('\n');

async function attempt(look: (signal: AbortSignal) => Finding | Promise<Finding>): Promise<Finding> {
  const signal = AbortSignal.timeout(patienceMs);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  try {
    return await Promise.race([look(signal), late]);
  } catch (error) {
    return { status: 'missing', found: error instanceof Error ? error.message : String(error) };
  }
}

function isolation(scope: typeof globalThis): Finding {
  const isolated = scope.crossOriginIsolated === true;
  const growable = canGrow(scope);
  const found = checkText.isolation.found(isolated, growable);
  return { status: isolated && growable ? 'ok' : 'missing', found };
}

function canGrow({ SharedArrayBuffer: Shared }: typeof globalThis): boolean {
  try {
    const shared = new Shared(8, { maxByteLength: 16 });
    shared.grow(16);
    return shared.byteLength === 16;
  } catch {
    return false;
  }
}

const hasJspi = ({ WebAssembly }: typeof globalThis): boolean =>
  typeof WebAssembly === 'object' && 'Suspending' in WebAssembly;

function webAssembly({ WebAssembly }: typeof globalThis): Finding {
  if (typeof WebAssembly !== 'object') return has(false);
  const empty = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  return has(new WebAssembly.Instance(empty) instanceof WebAssembly.Instance);
}

async function sandbox(probes: Services['probes'], signal: AbortSignal): Promise<Finding> {
  const { sharedMemory, webAssembly: wasm } = await probes.sandbox(signal);
  if (sharedMemory && wasm) return fine(checkText.sandbox.found);
  return { status: 'missing', found: checkText.sandbox.incomplete };
}

/** Writes, reads and deletes. A name of its own: the history's database is not touched. */
async function tryDatabase(factory: IDBFactory): Promise<void> {
  const name = 'decay-self-check';
  const opening = factory.open(name);
  opening.onupgradeneeded = () => opening.result.createObjectStore('things');
  const database = await settled(opening);
  try {
    const store = database.transaction('things', 'readwrite').objectStore('things');
    await settled(store.put('there', 'thing'));
    if ((await settled(store.get('thing'))) !== 'there') throw new Error(checkText.no);
  } finally {
    database.close();
  }
  await settled(factory.deleteDatabase(name));
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error(checkText.no));
  });
}

async function storage({ storage: manager }: Partial<Navigator>): Promise<Finding> {
  // Pages that came over plain http are told nothing.
  if (manager === undefined)
    return { status: 'unknown', found: checkText.storage.untold, advice: checkText.crypto.advice };
  const { usage = 0, quota = 0 } = await manager.estimate();
  const persisted = await manager.persisted();
  const { found, notPersisted } = checkText.storage;
  const text = found(
    checkText.megabytes(usage),
    checkText.megabytes(quota),
    persisted ? checkText.yes : checkText.no,
  );
  if (quota - usage < 100 * 2 ** 20) return { status: 'limited', found: text };
  return { status: 'ok', found: text, ...(!persisted && { advice: notPersisted }) };
}

function canKeep(scope: typeof globalThis): boolean {
  try {
    for (const storage of [scope.localStorage, scope.sessionStorage]) {
      storage.setItem('decay.self-check', '1');
      storage.removeItem('decay.self-check');
    }
    return true;
  } catch {
    return false;
  }
}

async function compression(): Promise<Finding> {
  const text = 'playground '.repeat(8);
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  const unpacked = packed.pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(unpacked).text()) === text ? fine(checkText.compression.found) : has(false);
}

function machine(navigator: Navigator): Finding {
  const memory: unknown = Reflect.get(navigator, 'deviceMemory');
  const { found, atLeast, untold } = checkText.machine;
  const text = found(navigator.hardwareConcurrency, typeof memory === 'number' ? atLeast(memory) : untold);
  return { status: typeof memory === 'number' && memory < 4 ? 'limited' : 'ok', found: text };
}

const network = ({ onLine }: Navigator): Finding => ({
  status: onLine ? 'ok' : 'limited',
  found: onLine ? checkText.network.online : checkText.network.offline,
});

import type { Engine } from './engine.ts';

export type BrowserEngineId = 'node' | 'python';

let engines: Promise<(id: BrowserEngineId) => Engine> | undefined;

/** The engine of that id; its code is loaded when it is first asked for. */
export async function createEngine(id: BrowserEngineId): Promise<Engine> {
  engines ??= load();
  return (await engines)(id);
}

async function load(): Promise<(id: BrowserEngineId) => Engine> {
  const [{ embeddedEngine }, { PackageHost }] = await Promise.all([
    import('./embedded/embedded-engine.ts'),
    import('./packages/package-host.ts'),
  ]);
  const packages = new PackageHost();
  return (id) => embeddedEngine(id, packages);
}

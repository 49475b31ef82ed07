import type { Engine } from './engine.ts';
import type { WebContainerSettings } from './webcontainer/webcontainer-engine.ts';

export type BrowserEngineId = 'node' | 'python' | 'webcontainer';

/** How the engines that have settings are to be used. */
export type EngineSettings = WebContainerSettings;

let embedded: Promise<(id: 'node' | 'python') => Engine> | undefined;

/** The engine of that id; its code is loaded when it is first asked for. */
export async function createEngine(id: BrowserEngineId, settings: EngineSettings = {}): Promise<Engine> {
  if (id === 'webcontainer') return loadWebContainers(settings);
  embedded ??= loadEmbedded();
  return (await embedded)(id);
}

async function loadEmbedded(): Promise<(id: 'node' | 'python') => Engine> {
  const [{ embeddedEngine }, { PackageHost }] = await Promise.all([
    import('./embedded/embedded-engine.ts'),
    import('./packages/package-host.ts'),
  ]);
  const packages = new PackageHost();
  // One of each: an engine keeps what it has got ready.
  const engines = new Map<string, Engine>();
  return (id) => {
    const engine = engines.get(id) ?? embeddedEngine(id, packages);
    engines.set(id, engine);
    return engine;
  };
}

async function loadWebContainers(settings: EngineSettings): Promise<Engine> {
  const [{ webContainerEngine }, { loadManifest, loadWebContainerFile }] = await Promise.all([
    import('./webcontainer/webcontainer-engine.ts'),
    import('./embedded/assets.ts'),
  ]);
  const parts = {
    versions: async () => (await loadManifest()).webcontainer?.versions ?? {},
    names: async () => (await loadManifest()).webcontainer?.files.map(({ name }) => name) ?? [],
    load: loadWebContainerFile,
  };
  return webContainerEngine(parts, settings);
}

import { openFrame } from '../../sandbox/frame.ts';
import { EngineError, type BootOptions, type Engine, type Sandbox } from '../engine.ts';
import type { PackageSource } from '../packages/types.ts';
import { loadKernel, loadManifest, loadPart, loadRuntime, type RuntimeName } from './assets.ts';
import { EmbeddedSandbox } from './embedded-sandbox.ts';

/** How many frames a page keeps at once; each may hold `limits.diskBytes` and its interpreters. */
const MAX_SANDBOXES = 8;

/** The engine that runs a language's own runtime in workers of this page. */
export function embeddedEngine(runtime: RuntimeName, packages: PackageSource): Engine {
  return {
    id: runtime,
    capabilities: { languages: [runtime], isolated: true, offline: true, maxSandboxes: MAX_SANDBOXES },
    async versions() {
      const { runtimes } = await loadManifest();
      return runtimes[runtime]?.versions ?? {};
    },
    async boot(options: BootOptions = {}, signal?: AbortSignal): Promise<Sandbox> {
      checkBrowser();
      const [kernel, bundle] = await Promise.all([loadKernel(), loadRuntime(runtime, options.onProgress)]);
      const failure: { report?: (message: string) => void } = {};
      const frame = await openFrame(kernel, (message) => failure.report?.(message), signal);
      const sandbox = new EmbeddedSandbox(frame, packages, [bundle], options.env ?? {}, (name) =>
        loadPart(runtime, name),
      );
      failure.report = (message) => sandbox.fail(`the kernel failed: ${message}`);
      return sandbox;
    },
  };
}

/** @throws EngineError EBROWSER when the browser lacks what the engines stand on. */
function checkBrowser(): void {
  if (typeof SharedArrayBuffer === 'undefined' || !crossOriginIsolated) {
    throw new EngineError(
      'EBROWSER',
      'this page is not cross-origin isolated, so that shared memory is missing; serve it with the COOP and COEP headers of docs/architecture.md',
    );
  }
}

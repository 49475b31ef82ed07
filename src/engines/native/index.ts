import { randomUUID } from 'node:crypto';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platform } from 'node:process';
import { EngineError, type BootOptions, type Engine } from '../engine.ts';
import { placesIn, prepare } from './environment.ts';
import { NativeSandbox } from './sandbox.ts';
import { findToolchain } from './toolchain.ts';

/** Shown before anything runs: this engine is a choice of the person at the keyboard, never a default. */
export const nativeWarning =
  'warning: --engine native runs the submission as ordinary processes of this machine, with your rights and your ' +
  'network. Run only code that you trust, or run this inside a container.';

let live = 0;

/**
 * Real processes on this machine: the ground truth that the browser engines are compared with. Node only, command
 * line only. Ports are the machine's own, so one sandbox at a time.
 */
export const nativeEngine: Engine = {
  id: 'native',
  capabilities: { languages: ['node', 'python'], isolated: false, offline: false, maxSandboxes: 1 },

  async versions() {
    const { node, python, notes } = await findToolchain();
    return {
      node: node.version,
      ...(python === undefined ? {} : { python: python.version }),
      ...(notes.length === 0 ? {} : { notes: notes.join('; ') }),
    };
  },

  async boot(options: BootOptions = {}, signal?: AbortSignal) {
    signal?.throwIfAborted();
    if (platform === 'win32') {
      throw new EngineError('EBOOT', 'The native engine needs Linux or macOS; on Windows run it inside WSL.');
    }
    if (live >= this.capabilities.maxSandboxes) {
      throw new EngineError(
        'EBUSY',
        'Another native sandbox is running, and two cannot share the ports of one machine. Dispose of it first.',
      );
    }
    live++;
    let root: string | undefined;
    try {
      options.onProgress?.({ label: 'Looking for Node and CPython on this machine', done: 0, total: 1 });
      const tools = await findToolchain();
      root = await realpath(await mkdtemp(join(tmpdir(), 'decay-')));
      const places = placesIn(root);
      await prepare(places, tools);
      signal?.throwIfAborted();
      const sandbox = new NativeSandbox({
        places,
        tools,
        id: randomUUID(),
        options,
        onDispose: () => live--,
      });
      await sandbox.open();
      options.onProgress?.({ label: 'Looking for Node and CPython on this machine', done: 1, total: 1 });
      return sandbox;
    } catch (error) {
      live--;
      if (root !== undefined) await rm(root, { recursive: true, force: true });
      throw error;
    }
  },
};

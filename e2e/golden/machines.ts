import type { Sandbox } from '../../src/engines/engine.ts';
import type { Installed, Language } from './languages.ts';
import { nodeMachine } from './machine-node.ts';
import { pythonMachine } from './machine-python.ts';

/** What a case is run with on this machine. */
export interface Prepared {
  /** Variables beside the sandbox's own. */
  env: Record<string, string>;
  /** Real paths, and what they are called in a record. */
  paths: (readonly [real: string, recorded: string])[];
}

/** The real interpreter of a language, and the machine's own installer for it. */
export interface Machine {
  /** @throws Error when the machine lacks the version that records are made with */
  check(): Promise<void>;
  /** @param installed - the packages to install, in the versions that the embedded installer chose */
  prepare(sandbox: Sandbox, folder: string, installed: Installed | undefined): Promise<Prepared>;
}

export const machines: Readonly<Record<Language['id'], Machine>> = {
  node: nodeMachine,
  python: pythonMachine,
};

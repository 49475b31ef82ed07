import type { Box } from './box.ts';
import { installNpm, manifestOf } from './install.ts';
import { installPip, requirementsOf } from './install-python.ts';
import { withoutPythonNoise } from './normalise-python.ts';
import type { AppCase, ProbeCase } from './scenario.ts';

export interface Installed {
  /** Name (or path) and version of each package, in order. */
  packages: string[];
  /** What the machine's own installer needs to install the same. */
  lock: string;
}

/** What the golden suite must know of a language. */
export interface Language {
  id: 'node' | 'python';
  /** Files that are probes. */
  probeFile: RegExp;
  /** What a header line of a probe begins with. */
  comment: string;
  /** The program that runs a probe. */
  program: string;
  /** The file that names a case's packages, and its text, or undefined when it needs none. */
  manifestOf(item: AppCase | ProbeCase): { file: string; text: string } | undefined;
  /** Installs with the sandbox's own installer what a folder's manifest wants. */
  install(box: Box, folder: string): Promise<Installed>;
  /** Takes out of an output or an answer what differs from run to run and is the language's own. */
  clean(text: string): string;
}

export const languages: Readonly<Record<Language['id'], Language>> = {
  node: {
    id: 'node',
    probeFile: /\.(?:js|mjs|cjs|ts|mts|cts)$/,
    comment: '//',
    program: 'node',
    manifestOf,
    install: installNpm,
    clean: (text) => text,
  },
  python: {
    id: 'python',
    probeFile: /\.py$/,
    comment: '#',
    program: 'python',
    manifestOf: requirementsOf,
    install: installPip,
    clean: withoutPythonNoise,
  },
};

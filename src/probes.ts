import type { Services } from './ui/services.ts';

/** The parts of the self-check that need the built app: its sandbox, and its files. */
export const probes: Services['probes'] = {
  sandbox: async (signal) => (await import('./sandbox/probe.ts')).probeSandbox(signal),
  engineFiles: async (signal) => {
    const response = await fetch(new URL('engines/manifest.json', document.baseURI), {
      cache: 'no-store',
      signal,
    });
    if (!response.ok) throw new Error(`${response.status} for engines/manifest.json`);
    return (await response.arrayBuffer()).byteLength;
  },
};

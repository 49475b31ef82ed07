import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

/**
 * Measures how long the verifiers take on a submission of 300 mixed Python and TypeScript files, in Node: the first
 * run of a process, and the median of the later ones. `--cpu` counts the processor's time instead of the clock's, for a
 * machine that has other work. docs/measurements.md states what this prints.
 */
const processorTime = () => process.cpuUsage().user / 1000;
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'decay-bench-verifiers-'));
try {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: 'verifiers/testing/bench.ts',
      target: 'node20',
      outDir: folder,
      emptyOutDir: true,
      rollupOptions: { output: { entryFileNames: 'bench.mjs' } },
    },
  });
  const { bench } = await import(pathToFileURL(join(folder, 'bench.mjs')).href);
  const { files, characters, times } = bench(
    300,
    21,
    process.argv.includes('--cpu') ? processorTime : () => performance.now(),
  );
  const later = times.slice(1).sort((a, b) => a - b);
  console.log(`${files} files, ${characters} characters`);
  console.log(
    `first run ${times[0].toFixed()} ms, median of ${later.length} later runs ${later[10].toFixed()} ms`,
  );
  console.log(`fastest ${later[0].toFixed()} ms, slowest ${later.at(-1).toFixed()} ms`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

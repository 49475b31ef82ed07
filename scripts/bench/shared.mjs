import { writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';
import { ensureSetup } from '../setup.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Arguments of a measurement: its own options, `--json FILE`, and names of what to measure (all when there are none).
 * @param {Record<string, {type: 'string' | 'boolean', default?: string | boolean}>} options
 */
export function readArguments(options = {}) {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'string' }, ...options },
    allowPositionals: true,
  });
  return { values, names: positionals };
}

/** Folder of the built app: that of DECAY_DIST, else the checkout's own, which is built first when it is not. */
export async function builtApp() {
  if (env.DECAY_DIST !== undefined) return env.DECAY_DIST;
  await ensureSetup();
  return `${root}dist`;
}

/** A module in TypeScript, by its path in the repository. */
export async function importSource(path) {
  const { module } = await runnerImport(`${root}${path}`, { root, configFile: false, logLevel: 'error' });
  return module;
}

/** Prints a markdown table row by row, as they come, and keeps what was measured for `--json`. */
export class Report {
  #rows = [];
  #columns;

  /** @param {[string, (row: object) => string | number][]} columns heading and text of each */
  constructor(columns) {
    this.#columns = columns;
    this.#line(columns.map(([heading]) => heading));
    this.#line(columns.map(() => '---'));
  }

  add(row) {
    this.#rows.push(row);
    this.#line(this.#columns.map(([, text]) => text(row)));
  }

  /** @param {string | undefined} file where the JSON goes; nowhere when undefined */
  async save(file) {
    if (file === undefined) return;
    const machine = {
      cores: cpus().length,
      memoryBytes: totalmem(),
      system: `${process.platform} ${release()}`,
      node: process.versions.node,
    };
    await writeFile(
      file,
      `${JSON.stringify({ at: new Date().toISOString(), machine, rows: this.#rows }, undefined, 2)}\n`,
    );
  }

  #line(cells) {
    console.log(`| ${cells.join(' | ')} |`);
  }
}

/** The middle one; of an even number, the lower of the two in the middle. */
export function middle(values) {
  return values.toSorted((one, two) => one - two)[Math.floor((values.length - 1) / 2)];
}

/** `940 ms`, `1.4 s`. */
export function duration(ms) {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

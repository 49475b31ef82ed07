import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { env, kill } from 'node:process';

/** What one test file did; `code` is undefined when it did not end in time. @typedef {{ code: number | undefined, output: string }} Outcome */

/**
 * Runs a test file on real Node.
 * @param {string} binary of Node
 * @param {string} folder of the package
 * @param {string[]} args of Node, with the file
 * @param {number} ms after which it and what it started are killed
 * @returns {Promise<Outcome>}
 */
export function runNatively(binary, folder, args, ms) {
  return new Promise((resolve) => {
    const child = spawn(binary, args, {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: `${dirname(binary)}:${env.PATH}`, HOME: folder, LANG: 'C.UTF-8', NO_COLOR: '1' },
    });
    let output = '';
    let late = false;
    const stop = () => {
      try {
        kill(-child.pid, 'SIGKILL');
      } catch {
        // Nothing of it is left.
      }
    };
    const timer = setTimeout(() => {
      late = true;
      stop();
    }, ms);
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (output += bytes));
    child.on('exit', (code) => {
      clearTimeout(timer);
      stop();
      resolve({ code: late ? undefined : (code ?? 128), output });
    });
  });
}

/**
 * Boots an embedded Node engine in a page with the files of a folder.
 * @param {import('playwright-core').Page} page the harness
 * @param {string} folder
 */
export async function mount(page, folder) {
  await page.evaluate(async () => {
    window.packageTests = await (await window.decay.createEngine('node')).boot();
  });
  /** @type {Record<string, string>} */
  let files = {};
  let length = 0;
  const send = async () => {
    await page.evaluate(async (texts) => {
      const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      await window.packageTests.mount(
        Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, bytes(text)])),
      );
    }, files);
    files = {};
    length = 0;
  };
  for (const path of filesIn(folder)) {
    const text = readFileSync(join(folder, path), 'base64');
    files[path] = text;
    length += text.length;
    if (length > 8_000_000) await send();
  }
  await send();
  const links = linksIn(folder);
  await page.evaluate(async (links) => {
    for (const { path, target } of links) {
      await (
        await window.packageTests.spawn('ln', ['-s', target, path])
      ).exit;
    }
  }, links);
}

/** Packages that are linked into node_modules, such as one into its own. */
function linksIn(folder) {
  const modules = join(folder, 'node_modules');
  return readdirSync(modules, { withFileTypes: true })
    .filter((entry) => entry.isSymbolicLink())
    .map(({ name }) => ({ path: `node_modules/${name}`, target: readlinkSync(join(modules, name)) }));
}

/** Runs a test file in the engine that was mounted in the page; as `runNatively`. */
export function runInBrowser(page, args, ms) {
  return page.evaluate(
    async ({ args, ms }) => {
      const process = await window.packageTests.spawn('node', args, { env: { NO_COLOR: '1' } });
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        process.kill('SIGKILL');
      }, ms);
      const decoder = new TextDecoder();
      const reader = process.output.getReader();
      let output = '';
      const reading = (async () => {
        for (let next = await reader.read(); !next.done; next = await reader.read()) {
          output += decoder.decode(next.value.bytes);
        }
      })();
      const code = await process.exit;
      clearTimeout(timer);
      // A child that outlives the test may hold the output open.
      await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, 1_000))]);
      return { code: late ? undefined : code, output };
    },
    { args, ms },
  );
}

/** The files of a folder, without what no program of it loads. */
export function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !/^node_modules\/.*\.(?:md|map|[cm]?ts)$/.test(path))
    .sort();
}

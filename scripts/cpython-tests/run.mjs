import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { env, kill } from 'node:process';

/** How one test ended, and its error. @typedef {{ how: 'passed' | 'failed' | 'skipped' | 'hung' | 'died', why: string }} Outcome */
/** Runs `python runner.py ARGS`, gives each chunk of its output to `take`. @typedef {(args: string[], take: (text: string) => void, stopped: Promise<void>) => Promise<number | undefined>} Start */

/** So often is a process started anew before the rest of a module is given up. */
const STARTS = 60;
/** For which an interpreter may say nothing while it starts and loads a module of tests. */
const LOAD_MS = 180_000;

/**
 * Runs all tests of a module, in as many processes as hanging and dying tests make necessary.
 * @param {Start} start
 * @param {string} module
 * @param {number} ms for which one test may say nothing
 * @returns {Promise<{ tests: Map<string, Outcome>, note: string }>} the outcome by the test's name; a note where none ran
 */
export async function runModule(start, module, ms) {
  /** @type {Map<string, Outcome>} */
  const tests = new Map();
  let names = [];
  let first = 0;
  for (let tries = 0; tries < STARTS; tries++) {
    let current = -1;
    let done = false;
    let late = false;
    let tail = '';
    let rest = '';
    let stop;
    const stopped = new Promise((resolve) => (stop = resolve));
    const expire = () => ((late = true), stop());
    let timer = setTimeout(expire, LOAD_MS);
    const read = (line) => {
      const said = JSON.parse(line.slice(1));
      if (said.skip !== undefined) tests.note = said.skip;
      if (said.all !== undefined) names = said.all;
      if (said.start !== undefined) current = said.start;
      if (said.end !== undefined) {
        tests.set(names[said.end], { how: said.how, why: said.why });
        first = said.end + 1;
        current = -1;
      }
      if (said.fixture !== undefined) takeFixture(said);
      if (said.done === true || said.skip !== undefined) done = true;
    };
    const takeFixture = ({ fixture, how, why }) => {
      const of = /\(([\w.]+)\)/.exec(fixture)?.[1]?.replace(/^test\./, '') ?? '';
      for (const name of names)
        if (name.startsWith(`${of}.`) && !tests.has(name)) tests.set(name, { how, why: `fixture: ${why}` });
    };
    const code = await start(
      [module, String(first)],
      (text) => {
        clearTimeout(timer);
        timer = setTimeout(expire, ms);
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          if (line.startsWith('\x1e')) read(line);
          else if (line !== '') tail = `${tail}\n${line}`.slice(-1_500);
        }
      },
      stopped,
    );
    clearTimeout(timer);
    if (done) return { tests, note: tests.note ?? '' };
    if (names.length === 0)
      return { tests, note: `did not load: ${late ? 'too late' : `exit ${code}`}${tail}` };
    // Between two tests it was a fixture, or what a test left behind.
    const at = current < 0 ? first : current;
    if (at >= names.length) break;
    const how = late ? 'hung' : 'died';
    tests.set(names[at], { how, why: late ? tail.slice(-300) : `exit ${code}: ${tail.slice(-600)}` });
    first = at + 1;
    console.error(`${names[at]}: ${how}`);
    if (first >= names.length) break;
  }
  return { tests, note: '' };
}

/**
 * Starts the runner on a real CPython, each time in an empty folder of its own.
 * @param {string} binary
 * @param {Record<string, Buffer>} files
 * @returns {Start}
 */
export function nativeStart(binary, files) {
  return async (args, take, stopped) => {
    // Elsewhere than below the checkout: some tests ask for what lies around them.
    const folder = mkdtempSync(join(tmpdir(), 'decay-cpython-'));
    for (const [path, bytes] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    const child = spawn(binary, ['runner.py', ...args], {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: `${dirname(binary)}:${env.PATH}`, HOME: folder, LANG: 'C.UTF-8' },
    });
    const end = () => {
      try {
        kill(-child.pid, 'SIGKILL');
      } catch {
        // Nothing of it is left.
      }
    };
    void stopped.then(end);
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => take(text));
    const code = await new Promise((resolve) => child.on('exit', (code) => resolve(code ?? undefined)));
    end();
    rmSync(folder, { recursive: true, force: true });
    return code;
  };
}

/**
 * Starts the runner in the sandbox of a page, whose disk is filled once.
 * @param {import('playwright-core').Page} page the harness
 * @param {Record<string, Buffer>} files
 * @returns {Promise<Start>}
 */
export async function browserStart(page, files) {
  /** @type {((text: string) => void) | undefined} */
  let taking;
  await page.exposeFunction('takeOutput', (text) => taking?.(text));
  await page.evaluate(
    async (texts) => {
      const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      window.sandbox = await (await window.decay.createEngine('python')).boot();
      await window.sandbox.mount(
        Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, bytes(text)])),
      );
    },
    Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, bytes.toString('base64')])),
  );
  return async (args, take, stopped) => {
    taking = take;
    void stopped.then(() => page.evaluate(() => window.running?.kill('SIGKILL')));
    const code = await page.evaluate(async (args) => {
      const running = await window.sandbox.spawn('python', ['runner.py', ...args]);
      window.running = running;
      const decoder = new TextDecoder();
      const reader = running.output.getReader();
      const reading = (async () => {
        for (let next = await reader.read(); !next.done; next = await reader.read())
          await window.takeOutput(decoder.decode(next.value.bytes));
      })();
      const code = await running.exit;
      // A child that outlives the tests may hold the output open.
      await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, 1_000))]);
      return code;
    }, args);
    taking = undefined;
    return code;
  };
}

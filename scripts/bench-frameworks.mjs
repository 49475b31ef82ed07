import { chromium } from 'playwright-core';
import { apps } from './bench/apps.mjs';
import { measureNatively } from './bench/native.mjs';
import { ratesOf, untilAnswered } from './bench/rates.mjs';
import { builtApp, importSource, middle, readArguments, Report } from './bench/shared.mjs';
import { launchOptions } from './chromium.mjs';
import { serve } from './serve.mjs';

/**
 * Measures what docs/measurements.md states of frameworks: time from starting the server to its first answer, and requests
 * per second of an endpoint of one line, in the embedded engines (asked from the page) and on real Node and CPython (asked
 * from a process beside them), with the same packages. Each server is started three times; the middle one counts.
 *
 *     npm run bench:frameworks [-- [--where browser,native] [--requests N] [--without-jspi] [--json FILE] [SERVER…]]
 *
 * --without-jspi: the Python servers, in a browser whose WebAssembly stacks cannot be suspended.
 */
const { values, names } = readArguments({
  where: { type: 'string', default: 'browser,native' },
  requests: { type: 'string', default: '1000' },
  'without-jspi': { type: 'boolean', default: false },
});
const counts = { warmUp: Number(values.requests) / 5, measured: Number(values.requests), starts: 3 };
const inline = values['without-jspi'];
const places = values.where.split(',');
/** Of the native servers: the usual ports are often taken. */
const NATIVE_PORT = 18_231;

const server = await serve({ dir: await builtApp(), port: 0 });
const browser = await chromium.launch(launchOptions());
const report = new Report([
  ['server', ({ name }) => name],
  ['where', ({ where }) => where],
  ['to the first answer', ({ starts }) => `${Math.round(middle(starts))} ms`],
  ['requests/s, one at a time', ({ rates }) => rates[0].toLocaleString('en')],
  ['eight at a time', ({ rates }) => rates[1].toLocaleString('en')],
]);
const unknown = names.filter((name) => !(name in apps));
if (unknown.length > 0)
  throw new Error(`no ${unknown.join(', ')}; there are ${Object.keys(apps).join('; ')}`);
for (const [name, make] of Object.entries(apps)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const app = make(8_080);
  if (inline && app.engine !== 'python') continue;
  const { frozen, ...measured } = await inBrowser(app);
  if (places.includes('browser'))
    report.add({ name, where: inline ? 'browser, without JSPI' : 'browser', ...measured });
  if (places.includes('native'))
    report.add({ name, where: 'native', ...(await measureNatively(make(NATIVE_PORT), counts, frozen)) });
}
await report.save(values.json);
await browser.close();
await server.close();

/** @returns the times, and what `pip freeze` names */
async function inBrowser(app) {
  const context = await browser.newContext();
  if (inline) await (await importSource('e2e/without-jspi.ts')).hideStackSwitching(context);
  const page = await context.newPage();
  await page.goto(new URL('/harness.html', server.url).href);
  await page.waitForFunction(() => window.decay !== undefined);
  // The functions of this file's modules are not there in the page; their text is.
  await page.evaluate(`window.ratesOf = ${ratesOf}; window.untilAnswered = ${untilAnswered};`);
  const result = await page.evaluate(measureInPage, { ...app, counts });
  await context.close();
  return result;
}

/** Runs in the page. */
async function measureInPage({ engine, files, install, start, port, counts }) {
  const created = await window.decay.createEngine(engine);
  await created.prepare?.();
  const sandbox = await created.boot();
  await sandbox.mount(files);
  const run = async (program, args) => {
    const process = await sandbox.spawn(program, args);
    const texts = { stdout: '', stderr: '' };
    const reader = process.output.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read())
      texts[next.value.stream] += new TextDecoder().decode(next.value.bytes);
    const code = await process.exit;
    if (code !== 0) throw new Error(`${program} ${args.join(' ')} failed with ${code}: ${texts.stderr}`);
    return texts.stdout;
  };
  await run(...install);
  const frozen = engine === 'python' ? await run('pip', ['freeze']) : '';
  const get = () => sandbox.request(port, { method: 'GET', target: '/', headers: [] });
  const starts = [];
  let rates = [];
  for (let at = 0; at < counts.starts; at++) {
    const begin = performance.now();
    const process = await sandbox.spawn(...start);
    await window.untilAnswered(get, process.exit);
    starts.push(performance.now() - begin);
    if (at === 0) rates = await window.ratesOf(get, counts);
    process.kill('SIGKILL');
    await process.exit;
  }
  await sandbox.dispose();
  return { frozen, starts, rates };
}

import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { RawHeaders, RawRequest, RawResponse } from '../../src/engines/engine.ts';
import type { Box, Ended } from './box.ts';
import { masked, withoutPaths, withoutProcess, withoutTimes } from './normalise.ts';
import { contentOf, textContent, type Content, type Exchange, type GoldenRecord } from './record.ts';
import type { AppCase, ProbeCase, RawStep, RequestStep, Step } from './scenario.ts';

const startMs = 120_000;
const endMs = 60_000;
const probeMs = 120_000;

type Single = Exclude<Step, { parallel: unknown } | { waitMs: unknown }>;
type Saved = Map<string, string>;

const decoders: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  deflate: inflateSync,
};

const encode = (text: string) => new TextEncoder().encode(text);
const filled = (text: string, saved: Saved) =>
  text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => saved.get(name) ?? whole);

/** Text through the rules of `normalise.ts`; what is no text stays. */
function clean(bytes: Uint8Array, rules: (text: string) => string): Content {
  const content = contentOf(bytes);
  if (typeof content === 'object' && 'base64' in content) return content;
  const text = Buffer.from(bytes).toString('utf8');
  const cleaned = rules(text);
  return cleaned === text ? content : contentOf(encode(cleaned));
}

function finish(box: Box, { code, stdout, stderr }: Ended, rules: (text: string) => string): GoldenRecord {
  const all = (text: string) => rules(withoutPaths(text, box.paths));
  return { exit: code, stdout: clean(stdout, all), stderr: clean(stderr, all) };
}

/** Waits for the end; what takes longer is ended by force. */
async function endOf(run: Awaited<ReturnType<Box['run']>>, withinMs: number): Promise<Ended> {
  const timer = setTimeout(() => void run.kill('SIGKILL'), withinMs);
  try {
    return await run.ended;
  } finally {
    clearTimeout(timer);
  }
}

/** Runs a probe in a folder of its own. Its packages have been installed there. */
export async function runProbe(box: Box, probe: ProbeCase, folder: string): Promise<GoldenRecord> {
  const run = await box.run(probe.command, folder, {});
  return finish(box, await endOf(run, probeMs), (text) =>
    probe.language.clean(text.replace(/\(node:\d+\)/g, '(node:{pid})')),
  );
}

/** Starts an app, asks it all, ends it. Its packages have been installed. */
export async function runApp(box: Box, app: AppCase, folder: string): Promise<GoldenRecord> {
  const { port, start = 'bash run.sh', end = 'SIGTERM', mask } = app.scenario;
  const run = await box.run(start, folder, { PORT: String(port) });
  let over: Ended | undefined;
  void run.ended.then((ended) => (over = ended));
  const exchanges: Exchange[] = [];
  const up = await Promise.race([box.listening(port, startMs), run.ended.then(() => false)]);
  if (up) await askAll(box, app, exchanges);
  if (up && end !== 'itself' && over === undefined) await run.kill(end);
  const record = finish(box, await endOf(run, up ? endMs : 0), (text) =>
    masked(app.language.clean(withoutProcess(withoutTimes(text))), mask),
  );
  return { ...record, exchanges };
}

async function askAll(box: Box, app: AppCase, exchanges: Exchange[]): Promise<void> {
  const saved: Saved = new Map();
  const { steps } = app.scenario;
  const one = (step: Single) => askOne(box, app, step, saved);
  for (const step of steps) {
    if (typeof step === 'object' && 'waitMs' in step) {
      await new Promise((done) => setTimeout(done, step.waitMs));
    } else if (typeof step === 'object' && 'parallel' in step) {
      exchanges.push(...(await Promise.all(step.parallel.map(one))));
    } else {
      exchanges.push(await one(step));
    }
  }
}

function askOne(box: Box, app: AppCase, step: Single, saved: Saved): Promise<Exchange> {
  if (typeof step === 'string') return ask(box, app, { request: step }, saved);
  return 'raw' in step ? askRaw(box, app, step, saved) : ask(box, app, step, saved);
}

function toRaw(step: RequestStep, saved: Saved): RawRequest {
  const cut = step.request.indexOf(' ');
  const headers: RawHeaders = Object.entries(step.headers ?? {}).flatMap(([name, value]) =>
    [value].flat().map((line): [string, string] => [name, filled(line, saved)]),
  );
  const base = { method: step.request.slice(0, cut), target: filled(step.request.slice(cut + 1), saved) };
  if (step.json !== undefined) {
    if (!headers.some(([name]) => name.toLowerCase() === 'content-type')) {
      headers.push(['Content-Type', 'application/json']);
    }
    return { ...base, headers, body: encode(filled(JSON.stringify(step.json), saved)) };
  }
  if (step.base64 !== undefined) return { ...base, headers, body: Buffer.from(step.base64, 'base64') };
  if (step.body === undefined) return { ...base, headers };
  return { ...base, headers, body: encode(filled(step.body, saved)) };
}

function keep(step: RequestStep | RawStep, text: string, saved: Saved): void {
  for (const [name, pattern] of Object.entries(step.save ?? {})) {
    const value = new RegExp(pattern).exec(text)?.[1];
    if (value !== undefined) saved.set(name, value);
  }
}

/** Whether a server that has just ended refuses a connection or resets it is a matter of moments. */
function failureOf(error: string): string {
  if (error.startsWith('TimeoutError')) return 'no answer in time';
  return ['ECONNRESET', 'ECONNREFUSED'].includes(error) ? 'closed' : error;
}

/** A body that names a directory of this box is as long in the record as it would be there. */
function lengthsAsRecorded(box: Box, { headers, body }: RawResponse): RawHeaders {
  const text = Buffer.from(body).toString('utf8');
  const recorded = withoutPaths(text, box.paths);
  if (recorded === text) return headers;
  const length = String(Buffer.byteLength(recorded));
  return headers.map(([name, value]) => [name, /^content-length$/i.test(name) ? length : value]);
}

/** The body under a content coding, or undefined where there is none: encoders may differ where the text does not. */
function decode({ headers, body }: RawResponse): Uint8Array | undefined {
  const coding = headers.find(([name]) => /^content-encoding$/i.test(name))?.[1].toLowerCase();
  const decoder = coding === undefined ? undefined : decoders[coding];
  try {
    return body.byteLength === 0 ? undefined : decoder?.(body);
  } catch {
    return undefined;
  }
}

/** What is done to every text of an answer before it is kept. */
const rulesFor =
  (box: Box, app: AppCase, { mask }: RequestStep | RawStep) =>
  (text: string) =>
    masked(app.language.clean(withoutTimes(withoutPaths(text, box.paths))), mask);

async function ask(box: Box, app: AppCase, step: RequestStep, saved: Saved): Promise<Exchange> {
  const answer = await box.request(app.scenario.port, toRaw(step, saved));
  const { request } = step;
  if ('error' in answer) return { request, error: failureOf(answer.error) };
  const lines = lengthsAsRecorded(box, answer).map(([name, value]) => `${name}: ${value}`);
  const rules = rulesFor(box, app, step);
  keep(step, [...lines, '', Buffer.from(answer.body).toString('utf8')].join('\n'), saved);
  const decoded = decode(answer);
  return {
    ...(decoded === undefined ? {} : { decoded: clean(decoded, rules) }),
    request,
    status: `${answer.status} ${answer.statusText}`.trimEnd(),
    headers: lines.map(rules),
    body: clean(answer.body, rules),
  };
}

async function askRaw(box: Box, app: AppCase, step: RawStep, saved: Saved): Promise<Exchange> {
  const writes = [step.raw].flat().map((text) => Buffer.from(filled(text, saved), 'latin1'));
  const answer = await box.talk(app.scenario.port, { writes, until: step.until });
  const request = [step.raw].flat().join('');
  if ('error' in answer) return { request, error: failureOf(answer.error) };
  if (answer.byteLength === 0) return { request, error: 'closed' };
  const text = Buffer.from(answer).toString('latin1');
  keep(step, text, saved);
  return { request, raw: textContent(rulesFor(box, app, step)(text)) };
}

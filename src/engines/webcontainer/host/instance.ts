import * as v from 'valibot';
import type { Process, Sandbox } from '../../engine.ts';
import { layout } from '../../kernel/layout.ts';
import { below, exposedFiles } from './files.ts';
import { follow, Keyboard, toTerminal } from './terminal.ts';
import { readTree, writeTree } from './tree.ts';
import { exposedFunction, Handle, isCallback, type Callback, type Exposed } from './wire.ts';

const run = v.object({
  command: v.pipe(v.string(), v.maxLength(4_096)),
  args: v.optional(v.array(v.string()), []),
  cwd: v.nullish(v.string()),
  env: v.nullish(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
});
const loadOptions = v.nullish(v.looseObject({ mountPoints: v.nullish(v.string()) }));
const serializeOptions = v.nullish(v.looseObject({ format: v.optional(v.string()) }));

/** Events of the client that this host never has something to say about. */
const silentEvents: ReadonlySet<string> = new Set(['preview-message', 'xdg-open', 'code']);

/**
 * A sandbox as the client's `WebContainer` sees it.
 * @param onTeardown - The client has ended it; the sandbox is disposed then.
 */
export function exposedInstance(sandbox: Sandbox, onTeardown: () => void): Handle {
  const end = async () => {
    await sandbox.dispose();
    onTeardown();
  };
  const methods: Exposed['methods'] = new Map<string, (...args: unknown[]) => unknown>([
    ['fs', () => exposedFiles(sandbox)],
    ['runtimeInfo', () => ({ path: layout.path, cwd: sandbox.workdir })],
    ['run', (options, stdout, stderr, output) => start(sandbox, options, { stdout, stderr, output })],
    ['on', (event, listener) => subscribe(sandbox, event, listener)],
    ['loadFiles', (payload, options) => load(sandbox, payload, options)],
    ['serialize', (path, options) => serialize(sandbox, path, options)],
    ['teardown', end],
    // There are no previews to put a script into, and no account to have credentials of.
    ['previewScript', () => undefined],
    ['setPreviewScript', () => undefined],
    ['setCredentials', () => undefined],
  ]);
  return new Handle({ methods, onRelease: () => void end() });
}

async function start(
  sandbox: Sandbox,
  options: unknown,
  listeners: Record<'stdout' | 'stderr' | 'output', unknown>,
): Promise<Handle> {
  const { command, args, cwd, env } = v.parse(run, options);
  const process = await sandbox.spawn(command, args, {
    cwd: cwd === null || cwd === undefined ? sandbox.workdir : `${sandbox.workdir}/${below(cwd)}`,
    env: Object.fromEntries(Object.entries(env ?? {}).map(([name, value]) => [name, String(value)])),
  });
  const to = (name: keyof typeof listeners): Callback | undefined => {
    const listener = listeners[name];
    return isCallback(listener) ? listener : undefined;
  };
  const [output, stdout, stderr] = [to('output'), to('stdout'), to('stderr')];
  const separate = { stdout, stderr };
  const read = follow(process, ({ stream, bytes }) => {
    const shown = toTerminal(bytes);
    output?.(shown);
    separate[stream]?.(shown);
  });
  // The client ends its streams at null, and knows an exit code only after them.
  const exit = read.then(async () => {
    for (const listener of [output, stdout, stderr]) listener?.(null);
    return process.exit;
  });
  return exposedProcess(process, exit);
}

function exposedProcess(process: Process, exit: Promise<number>): Handle {
  const keyboard = new Keyboard(process);
  return new Handle({
    methods: new Map<string, (...args: unknown[]) => unknown>([
      ['write', (text) => keyboard.type(v.parse(v.string(), text))],
      ['kill', () => process.kill('SIGKILL')],
      // Programs here have no terminal to size.
      ['resize', () => undefined],
    ]),
    values: new Map([['onExit', exit]]),
  });
}

function subscribe(sandbox: Sandbox, event: unknown, listener: unknown): Handle {
  const name = v.parse(v.string(), event);
  if (!isCallback(listener)) throw new Error(`on(${JSON.stringify(name)}) needs a listener`);
  const stops: (() => void)[] = [];
  // A preview would be served by the vendor's network; here nothing leaves the page, so that no address leads in.
  const url = '';
  if (name === 'port') {
    stops.push(sandbox.on('listen', ({ port }) => listener(port, 'open', url)));
    stops.push(sandbox.on('unlisten', ({ port }) => listener(port, 'close', url)));
  } else if (name === 'server-ready') {
    stops.push(sandbox.on('listen', ({ port }) => listener(port, url)));
  } else if (name === 'error') {
    stops.push(sandbox.on('unsupported', ({ detail }) => listener({ message: detail })));
  } else if (!silentEvents.has(name)) {
    throw new Error(`this host has no event ${JSON.stringify(name)}`);
  }
  return exposedFunction(() => {
    for (const stop of stops) stop();
  });
}

async function load(sandbox: Sandbox, payload: unknown, options: unknown): Promise<void> {
  const files = readTree(v.parse(v.instance(Uint8Array), payload));
  const point = v.parse(loadOptions, options)?.mountPoints;
  const prefix = point === null || point === undefined ? '' : `${below(point)}/`;
  await sandbox.mount(Object.fromEntries(Object.entries(files).map(([path, data]) => [prefix + path, data])));
}

async function serialize(sandbox: Sandbox, path: unknown, options: unknown): Promise<Uint8Array> {
  const format = v.parse(serializeOptions, options)?.format ?? 'json';
  if (format !== 'json') throw new Error(`this host exports JSON, not ${format}`);
  return writeTree(sandbox, below(path));
}

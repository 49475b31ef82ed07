import { EngineError, type RawHeaders } from '../engine.ts';
import { channelDuplex } from '../net/channel-duplex.ts';
import { exchange } from '../net/http1.ts';
import { SyscallError } from '../kernel/process-port.ts';
import type { Program, ProgramContext } from './program.ts';

interface Options {
  url: URL;
  method: string;
  headers: RawHeaders;
  body: string | undefined;
  include: boolean;
  head: boolean;
  silent: boolean;
  showError: boolean;
  fail: boolean;
  output: string | undefined;
  writeOut: string | undefined;
  retries: number;
  retryDelayMs: number;
  retryRefused: boolean;
  timeoutMs: number | undefined;
}

/** Exit codes of curl that scripts ask for. */
const Exit = { usage: 2, url: 3, host: 6, connect: 7, http: 22, timeout: 28, receive: 56 } as const;

const withValue: Readonly<Record<string, string>> = {
  '-X': 'request',
  '--request': 'request',
  '-H': 'header',
  '--header': 'header',
  '-d': 'data',
  '--data': 'data',
  '--data-raw': 'data',
  '--data-binary': 'data',
  '--json': 'json',
  '-o': 'output',
  '--output': 'output',
  '-w': 'write-out',
  '--write-out': 'write-out',
  '--retry': 'retry',
  '--retry-delay': 'retry-delay',
  '-m': 'max-time',
  '--max-time': 'max-time',
  '--connect-timeout': 'max-time',
  '-A': 'ignored',
  '--user-agent': 'ignored',
};

/** `curl` for the sandbox's own servers; there is no other network. */
export const curlProgram: Program = async (context) => {
  const options = parse(context.args);
  if (typeof options === 'string') {
    context.write('stderr', `curl: ${options}\n`);
    return options.startsWith('(3)') ? Exit.url : Exit.usage;
  }
  for (let attempt = 0; ; attempt++) {
    const { code, message } = await fetchOnce(context, options);
    const again =
      attempt < options.retries && (code === Exit.timeout || (code === Exit.connect && options.retryRefused));
    if (again && !context.signal.aborted) {
      await new Promise((resolve) => setTimeout(resolve, options.retryDelayMs));
      continue;
    }
    if (message !== '' && (!options.silent || options.showError))
      context.write('stderr', `curl: ${message}\n`);
    return code;
  }
};

async function fetchOnce(
  context: ProgramContext,
  options: Options,
): Promise<{ code: number; message: string }> {
  const { url } = options;
  const port = Number(url.port === '' ? 80 : url.port);
  if (!['localhost', '127.0.0.1', '[::1]', '0.0.0.0'].includes(url.hostname)) {
    return { code: Exit.host, message: `(6) Could not resolve host: ${url.hostname}` };
  }
  const timeout = options.timeoutMs === undefined ? undefined : AbortSignal.timeout(options.timeoutMs);
  const signal = timeout === undefined ? context.signal : AbortSignal.any([context.signal, timeout]);
  try {
    const request = { method: options.method, target: url.pathname + url.search, headers: options.headers };
    const body = options.body === undefined ? {} : { body: new TextEncoder().encode(options.body) };
    const response = await exchange(
      async () => channelDuplex(await context.connect(port)),
      { ...request, ...body },
      {
        signal,
        host: url.host,
      },
    );
    if (options.fail && response.status >= 400) {
      return { code: Exit.http, message: `(22) The requested URL returned error: ${response.status}` };
    }
    const head = `HTTP/1.1 ${response.status} ${response.statusText}\r\n${response.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
    if (options.include || options.head) context.write('stdout', head);
    if (options.output === undefined) context.write('stdout', response.body);
    else if (options.output !== '/dev/null') {
      const path = options.output.startsWith('/') ? options.output : `${context.cwd}/${options.output}`;
      context.fs.writeFile(path, response.body);
    }
    const written = options.writeOut
      ?.replaceAll(/%\{(http_code|response_code)\}/g, String(response.status))
      .replaceAll('\\n', '\n');
    if (written !== undefined) context.write('stdout', written);
    return { code: 0, message: '' };
  } catch (error) {
    if (timeout?.aborted === true) return { code: Exit.timeout, message: '(28) Operation timed out' };
    const refused =
      error instanceof SyscallError || (error instanceof EngineError && error.code === 'ECONNREFUSED');
    if (refused)
      return {
        code: Exit.connect,
        message: `(7) Failed to connect to ${url.hostname} port ${port}: Connection refused`,
      };
    return { code: Exit.receive, message: `(56) ${error instanceof Error ? error.message : String(error)}` };
  }
}

function parse(args: readonly string[]): Options | string {
  const values = new Map<string, string[]>();
  const flags = new Set<string>();
  let address: string | undefined;
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    const name = withValue[word] ?? withValue[word.slice(0, 2)];
    if (word in withValue && name !== undefined)
      values.set(name, [...(values.get(name) ?? []), args[++i] ?? '']);
    else if (/^-[a-zA-Z]{2,}$/.test(word)) {
      for (const [at, letter] of [...word.slice(1)].entries()) {
        const option = withValue[`-${letter}`];
        if (option === undefined) flags.add(letter);
        else {
          const rest = word.slice(at + 2);
          values.set(option, [...(values.get(option) ?? []), rest === '' ? (args[++i] ?? '') : rest]);
          break;
        }
      }
    } else if (word.startsWith('-')) flags.add(word.replace(/^-+/, ''));
    else address ??= word;
  }
  if (address === undefined) return `try 'curl --help' for more information`;
  const text = /^[a-z]+:\/\//.test(address) ? address : `http://${address}`;
  if (!URL.canParse(text)) return `(3) URL rejected: ${address}`;
  const json = values.get('json')?.[0];
  const data = values.get('data');
  const body = json ?? data?.join('&');
  const headers: RawHeaders = [
    ['User-Agent', 'curl/8.0'],
    ['Accept', '*/*'],
  ];
  if (json !== undefined) headers.push(['Content-Type', 'application/json']);
  else if (data !== undefined) headers.push(['Content-Type', 'application/x-www-form-urlencoded']);
  for (const line of values.get('header') ?? []) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim();
    const at = headers.findIndex(([known]) => known.toLowerCase() === name.toLowerCase());
    if (at !== -1) headers.splice(at, 1);
    if (colon > 0) headers.push([name, line.slice(colon + 1).trim()]);
  }
  const head = flags.has('I') || flags.has('head');
  const seconds = (name: string) => Number(values.get(name)?.[0] ?? Number.NaN) * 1_000;
  const maxTime = seconds('max-time');
  return {
    url: new URL(text),
    method: values.get('request')?.[0] ?? (head ? 'HEAD' : body === undefined ? 'GET' : 'POST'),
    headers,
    body,
    include: flags.has('i') || flags.has('include'),
    head,
    silent: flags.has('s') || flags.has('silent'),
    showError: flags.has('S') || flags.has('show-error'),
    fail: flags.has('f') || flags.has('fail'),
    output: values.get('output')?.[0],
    writeOut: values.get('write-out')?.[0],
    retries: Number(values.get('retry')?.[0] ?? 0),
    retryDelayMs: Number.isNaN(seconds('retry-delay')) ? 1_000 : seconds('retry-delay'),
    retryRefused: flags.has('retry-connrefused') || flags.has('retry-all-errors'),
    timeoutMs: Number.isNaN(maxTime) ? undefined : maxTime,
  };
}

import type { Exchange } from '../../domain/verdict.ts';

/** A recorded request as something to send again from elsewhere. */

type Request = Exchange['request'];

/** Header lines that the client makes itself. */
const made = new Set(['content-length', 'connection', 'transfer-encoding', 'accept-encoding']);

/**
 * Quotes a word for a POSIX shell. What has control characters is written as `$'…'`, which bash and zsh read, so that
 * nothing of it reaches a terminal as it is.
 */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  if (!hidden.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`;
  const escaped = Array.from(text, (character) => {
    if (character === '\\' || character === "'") return `\\${character}`;
    if (character === '\n') return '\\n';
    if (!hidden.test(character)) return character;
    const bytes = new TextEncoder().encode(character);
    return Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
  });
  return `$'${escaped.join('')}'`;
}

/** Between the lines of one command. */
const glue = ' \\\n  ';

const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * The request as a curl command for bash, over several lines.
 * @param origin e.g. `http://localhost:3000`; the `Host` of the request is kept when it is another
 */
export function toCurl(request: Request, origin: string): string {
  const url = `${origin}${request.target.startsWith('/') ? '' : '/'}${request.target}`;
  const body = request.body ?? '';
  const usual = body === '' ? 'GET' : 'POST';
  // `--path-as-is` and `--globoff`: the target goes out as it was, dots and brackets and all.
  const words = ['curl', '-i', '--path-as-is', '--globoff'];
  if (request.method === 'HEAD') words.push('--head');
  else if (request.method !== usual) words.push('-X', request.method);
  const lines = [`${words.map(shellWord).join(' ')} ${shellWord(url)}`];
  for (const [name, value] of keptHeaders(request, origin)) {
    // curl drops a header without a value unless it ends with a semicolon.
    lines.push(`-H ${shellWord(value === '' ? `${name};` : `${name}: ${value}`)}`);
  }
  // curl would name a type of its own for a body that had none.
  if (body !== '' && !has(request, 'content-type')) lines.push(`-H ${shellWord('Content-Type:')}`);
  if (body.includes('\0')) {
    // No argument of a program can hold the character of code 0: such a body comes through a pipe.
    const bytes = Array.from(new TextEncoder().encode(body), (byte) => String.fromCharCode(byte)).join('');
    return `printf %s ${shellWord(btoa(bytes))} | base64 -d | ${[...lines, '--data-binary @-'].join(glue)}`;
  }
  if (body !== '') lines.push(`--data-raw ${shellWord(body)}`);
  return lines.join(glue);
}

/** The request as a call of `fetch` in JavaScript. */
export function toFetch(request: Request, origin: string): string {
  const headers = keptHeaders(request, origin).filter(([name]) => name.toLowerCase() !== 'host');
  const options = {
    method: request.method,
    ...(headers.length > 0 && { headers }),
    ...(request.body !== undefined && request.body !== '' && { body: request.body }),
  };
  const url = `${origin}${request.target.startsWith('/') ? '' : '/'}${request.target}`;
  return `await fetch(${literal(url)}, ${literal(options)});`;
}

/** The request as it goes over the wire, head and body. */
export function toHttp(request: Request): string {
  const head = [
    `${request.method} ${request.target} HTTP/1.1`,
    ...request.headers.map(([name, value]) => `${name}: ${value}`),
  ];
  return `${head.join('\r\n')}\r\n\r\n${request.body ?? ''}`;
}

/** JSON that is JavaScript too, with characters that do not show written as escapes. */
const literal = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(
    /[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`,
  );

const has = (request: Request, name: string): boolean =>
  request.headers.some(([other]) => other.toLowerCase() === name);

function keptHeaders(request: Request, origin: string): [string, string][] {
  const host = origin.replace(/^https?:\/\//, '');
  return request.headers.filter(([name, value]) => {
    const lower = name.toLowerCase();
    return !made.has(lower) && !(lower === 'host' && value === host);
  });
}

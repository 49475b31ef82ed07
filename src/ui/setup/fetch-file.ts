import { limits } from '../../domain/limits.ts';
import { fromPaste, fromPatch, fromZip, looksLikePatch, SubmissionError } from '../../share/submission.ts';
import { setupText } from '../english/setup.ts';
import { Draft } from './draft.svelte.ts';

const text = setupText.link;

export interface FetchOptions {
  signal: AbortSignal;
  /** Bytes so far, and of all when the server says so. */
  onProgress(got: number, of: number | undefined): void;
  fetch?: typeof globalThis.fetch;
  online?: () => boolean;
}

/**
 * A submission from an https address that a person gave: a zip, a patch, or text that names its files. Cookies and the
 * page's address are not sent; size and time are limited.
 * @throws Error in words that say what is wrong and what to do.
 */
export async function fetchFile(url: URL, options: FetchOptions): Promise<Draft> {
  const host = url.host;
  const time = AbortSignal.timeout(limits.importFetchMs);
  const signal = AbortSignal.any([options.signal, time]);
  const request = options.fetch ?? globalThis.fetch;
  try {
    const response = await request(url, {
      signal,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    });
    if (!response.ok) throw new FetchFault(text.status(host, response.status));
    const bytes = await readBody(response, host, options.onProgress);
    return submissionOf(bytes, host, nameOf(url), response.headers.get('content-type') ?? '');
  } catch (error) {
    if (error instanceof FetchFault || error instanceof SubmissionError) throw error;
    if (time.aborted) throw new FetchFault(text.slow(host, limits.importFetchMs / 1_000));
    options.signal.throwIfAborted();
    // What a browser says of a failed request is no more than that: a foreign network is not to be spied on.
    const online = options.online?.() ?? navigator.onLine;
    throw new FetchFault(online ? text.blocked(host) : text.wentOffline);
  }
}

/** Says in its message what a person can do. */
class FetchFault extends Error {
  override readonly name = 'FetchFault';
}

async function readBody(
  response: Response,
  host: string,
  onProgress: FetchOptions['onProgress'],
): Promise<Uint8Array> {
  const announced = Number(response.headers.get('content-length') ?? NaN);
  const of = Number.isFinite(announced) ? announced : undefined;
  const most = limits.archiveBytes;
  if (of !== undefined && of > most) throw tooLarge(host);
  const chunks: Uint8Array[] = [];
  let got = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const chunk = await reader?.read();
    if (chunk?.value === undefined) break;
    got += chunk.value.length;
    if (got > most) {
      void reader?.cancel();
      throw tooLarge(host);
    }
    chunks.push(chunk.value);
    onProgress(got, of);
  }
  const whole = new Uint8Array(got);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

const tooLarge = (host: string): FetchFault =>
  new FetchFault(text.tooLarge(host, `${limits.archiveBytes / 2 ** 20} MB`));

/** What the bytes are is read from themselves: names and types of servers cannot be relied on. */
function submissionOf(bytes: Uint8Array, host: string, name: string, type: string): Draft {
  const source = (kind: 'archive' | 'patch' | 'paste') => ({
    kind,
    label: `${kind} ${text.source(host, name)}`,
  });
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const { files, notes } = fromZip(bytes);
    return new Draft(files, source('archive'), notes);
  }
  const content = new TextDecoder().decode(bytes);
  if (looksLikePatch(content)) {
    const { files, notes } = fromPatch(content);
    return new Draft(files, source('patch'), notes);
  }
  if (/^\s*<(!doctype|html)/i.test(content) || type.includes('text/html'))
    throw new FetchFault(text.page(host));
  try {
    const { files, notes } = fromPaste(content);
    return new Draft(files, source('paste'), notes);
  } catch (error) {
    if (error instanceof SubmissionError && error.code !== 'needs-name') throw error;
    throw new FetchFault(text.unknownContent(name));
  }
}

/** The last part of the path, or the host. */
function nameOf(url: URL): string {
  const last = url.pathname.split('/').findLast((part) => part !== '') ?? url.host;
  try {
    return decodeURIComponent(last).slice(0, 120);
  } catch {
    return last.slice(0, 120);
  }
}

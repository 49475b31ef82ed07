import { limits } from '../../domain/limits.ts';
import {
  decodeText,
  fromPatch,
  fromZip,
  looksLikePatch,
  SubmissionError,
  type Submission,
} from '../../share/submission.ts';
import { languageOf } from '../code/languages.ts';
import { setupText } from '../english/setup.ts';
import { Draft } from './draft.svelte.ts';
import { filesOfGist } from './gist.ts';
import { readPaste } from './read-paste.ts';

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
    return await submissionOf(bytes, host, nameOf(url), response.headers.get('content-type') ?? '');
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
async function submissionOf(bytes: Uint8Array, host: string, name: string, type: string): Promise<Draft> {
  const draft = ({ files, notes }: Submission, kind: 'archive' | 'patch' | 'paste'): Draft =>
    new Draft(files, { kind, label: `${kind} ${text.source(host, name)}` }, notes);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return draft(fromZip(bytes), 'archive');
  const content = decodeText(bytes);
  if (looksLikePatch(content)) return draft(fromPatch(content), 'patch');
  if (/^\s*<(!doctype|html)/i.test(content) || type.includes('text/html'))
    throw new FetchFault(text.page(host));
  const gist = filesOfGist(content);
  if (gist !== undefined) return draft(gist, 'paste');
  try {
    return draft(await readPaste(content), 'paste');
  } catch (error) {
    if (!(error instanceof SubmissionError) || error.code !== 'needs-name') throw error;
    // A single file is at least begun with; what it lacks is said beside it.
    if (isSource(name)) return draft(await readPaste(content, name), 'paste');
    throw new FetchFault(text.unknownContent(name));
  }
}

/** Whether a name is that of a file of a program, as the editor knows them. */
const isSource = (name: string): boolean => !['plaintext', 'markdown'].includes(languageOf(name));

/** The last part of the path, or the host. */
function nameOf(url: URL): string {
  const last = url.pathname.split('/').findLast((part) => part !== '') ?? url.host;
  try {
    return decodeURIComponent(last).slice(0, 120);
  } catch {
    return last.slice(0, 120);
  }
}

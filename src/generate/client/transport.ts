import type { OpenAI } from 'openai';
import { limits } from '../../domain/limits.ts';
import { errorIn } from './complaint.ts';
import { AttemptError, ownFailure } from './failure.ts';
import type { Preset } from './presets.ts';
import { cases } from './words.ts';

/** What is asked with; tests give their own. */
export type Fetch = typeof fetch;

/** What the network did, as the browser does not tell it to the `openai` package. */
export interface Traffic {
  /** Called for every piece of the body of a response. */
  onBytes: (piece: Uint8Array) => void;
}

/**
 * The client of the `openai` package for one address. It repeats nothing by itself, logs nothing, and sends none of
 * the headers that describe this machine: servers that list the headers they allow do not list those.
 */
export async function createOpenAi(
  address: string,
  preset: Preset,
  key: string | undefined,
  traffic: Traffic,
  ask: Fetch,
): Promise<OpenAI> {
  const { OpenAI: Client } = await import('openai');
  return new Client({
    baseURL: address,
    // The package wants one; without a key, the header is taken out again below.
    apiKey: key ?? 'none',
    organization: null,
    project: null,
    dangerouslyAllowBrowser: true,
    maxRetries: 0,
    timeout: limits.answerMs,
    logLevel: 'off',
    ...(preset.headers !== undefined && { defaultHeaders: preset.headers }),
    fetch: createFetch(key !== undefined, traffic, ask),
  });
}

function createFetch(hasKey: boolean, traffic: Traffic, ask: Fetch): Fetch {
  return async (input, init = {}) => {
    const headers = new Headers(init.headers);
    for (const name of [...headers.keys()])
      if (name.startsWith('x-stainless-') || name === 'user-agent') headers.delete(name);
    if (!hasKey) headers.delete('authorization');
    const response = await ask(input, {
      ...init,
      headers,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      // A key goes to the address that it was entered for and nowhere else.
      redirect: 'manual',
    });
    const { status } = response;
    if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
      const address = input instanceof Request ? input.url : String(input);
      throw new AttemptError(ownFailure('address', cases.redirect(address), { again: false }));
    }
    if (!response.ok) return readable(response);
    if (response.body === null) return response;
    return new Response(response.body.pipeThrough(watched(traffic)), {
      status,
      statusText: response.statusText,
      headers: response.headers,
    });
  };
}

/** Of an answer that is an error, what is read; characters. */
const mostOfError = 100_000;

/**
 * An error in the one shape that the `openai` package reads: it drops whatever a provider says in another, and with it
 * which parameter or model it is about.
 */
async function readable(response: Response): Promise<Response> {
  const { status, statusText } = response;
  const headers = new Headers(response.headers);
  for (const name of ['content-length', 'content-encoding', 'content-type']) headers.delete(name);
  const text = await beginning(response);
  let body: unknown = text;
  try {
    body = errorIn(JSON.parse(text));
  } catch {
    // No JSON: a gateway's page, or a sentence.
  }
  return new Response(JSON.stringify({ error: body }), { status, statusText, headers });
}

/** What comes of a body, up to a size; as much as came when it breaks. */
async function beginning(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const decoder = new TextDecoder();
  let text = '';
  try {
    while (text.length < mostOfError) {
      const { value } = await reader.read();
      if (value === undefined) break;
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    // The status is known, and what came of the words.
  }
  reader.cancel().catch(() => undefined);
  return text;
}

/** Lets bytes through, tells of them, and ends what is larger than an answer can be. */
function watched(traffic: Traffic): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(piece, controller) {
      bytes += piece.byteLength;
      traffic.onBytes(piece);
      if (bytes > limits.answerBytes)
        controller.error(new AttemptError(ownFailure('bad-answer', cases.tooMuch, { again: false })));
      else controller.enqueue(piece);
    },
  });
}

import type { Exchange } from '../../src/domain/verdict.ts';
import type { RawHeaders, RawRequest, RawResponse } from '../../src/engines/engine.ts';

/**
 * What the run record keeps of a request and its answer.
 * @param time when the request went out, on the clock of the run if there is one, and how long the answer took
 * @param maxBytes of a body, what is kept
 */
export function recordExchange(
  name: string,
  request: RawRequest,
  answer: { response: RawResponse } | { error: string },
  { at, ms }: { at: number | undefined; ms: number },
  maxBytes: number,
): Exchange {
  const { method, target, headers, body } = request;
  const recorded: Exchange = {
    name,
    ...(at !== undefined && { at }),
    request: {
      method,
      target,
      headers,
      ...(body !== undefined && { body: decode(body, maxBytes) }),
    },
    ms: Math.round(ms * 10) / 10,
  };
  if ('error' in answer) return { ...recorded, error: answer.error };
  const { response } = answer;
  const kept = keepHeaders(response.headers, maxBytes);
  return {
    ...recorded,
    response: {
      status: response.status,
      statusText: response.statusText,
      headers: kept,
      body: decode(response.body, maxBytes),
      truncated: response.body.byteLength > maxBytes || kept.length < response.headers.length,
    },
  };
}

/** Header lines from the first on, as many as fit. */
function keepHeaders(headers: RawHeaders, maxLength: number): RawHeaders {
  let length = 0;
  return headers.filter(([name, value]) => (length += name.length + value.length) <= maxLength);
}

/** Text of the first bytes; what is not UTF-8 shows as U+FFFD. */
function decode(bytes: Uint8Array, maxBytes: number): string {
  return new TextDecoder().decode(bytes.subarray(0, maxBytes), { stream: bytes.byteLength > maxBytes });
}

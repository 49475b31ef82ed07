import { EngineError } from '../engines/engine.ts';
import type { Send } from '../../tasks/suite/types.ts';
import { fromBase64, toBase64 } from '../engines/net/base64.ts';

/** A `send` through the driver of the page, which reaches servers that the page does not. */
export function sendOutside(job: string): Send {
  return async ({ method, target, headers, body }, signal) => {
    if (window.decaySend === undefined) throw new Error('the driver of this page sends no requests');
    const request = { method, target, headers, ...(body !== undefined && { body: toBase64(body) }) };
    const cancelled = new Promise<never>((_, fail) => {
      signal.addEventListener('abort', () => fail(signal.reason), { once: true });
    });
    const answer = await Promise.race([window.decaySend(job, request), cancelled]);
    if (answer === 'impossible') throw new Error('the driver of this page could not send the request');
    if ('code' in answer) throw new EngineError(answer.code, answer.message);
    return { ...answer, body: fromBase64(answer.body) };
  };
}

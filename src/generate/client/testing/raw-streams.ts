import type { Reply } from './model-server.ts';

/** A chunk of a chat completion with this delta. */
export const delta = (fields: object, finish: string | null = null): object => ({
  id: 'c',
  model: 'm',
  choices: [{ index: 0, delta: fields, finish_reason: finish }],
});
export const data = (event: unknown): string => `data: ${JSON.stringify(event)}\n\n`;
export const done = 'data: [DONE]\n\n';

/** An answer whose body is written by hand, as some provider writes it. */
export const raw = (body: string, type = 'text/event-stream'): Reply => ({
  status: 200,
  body,
  headers: { 'Content-Type': type },
});

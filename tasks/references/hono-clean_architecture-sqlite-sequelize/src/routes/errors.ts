import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { type Reason, Refusal } from '../services/refusal.js';

const statuses = { stranger: 401, forbidden: 403, missing: 404, invalid: 422 } as const satisfies Record<
  Reason,
  number
>;

export function answerError(error: Error, c: Context): Response {
  if (error instanceof Refusal) {
    return c.json({ errors: { [error.subject]: [error.message] } }, statuses[error.reason]);
  }
  if (error instanceof HTTPException) return c.json({ errors: { request: [error.message] } }, error.status);
  console.error(error);
  return c.json({ errors: { server: ['failed'] } }, 500);
}

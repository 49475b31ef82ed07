import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

export type Messages = Record<string, string[]>;

/** An answer other than success: a status and messages by what they are about. */
export class ApiError extends HTTPException {
  constructor(
    status: ContentfulStatusCode,
    readonly errors: Messages,
  ) {
    super(status, { message: JSON.stringify(errors) });
  }
}

export const notFound = (what: string) => new ApiError(404, { [what]: ['not found'] });
export const forbidden = (what: string) => new ApiError(403, { [what]: ['belongs to somebody else'] });

/** An answer other than success: a status and messages by what they are about. */
export class ApiError extends Error {
  constructor(status, errors) {
    super(`${status} ${JSON.stringify(errors)}`);
    this.status = status;
    this.errors = errors;
  }
}

export const notFound = (what) => new ApiError(404, { [what]: ['not found'] });
export const forbidden = (what) => new ApiError(403, { [what]: ['belongs to somebody else'] });

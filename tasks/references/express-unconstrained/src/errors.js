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
export const invalid = (errors) => new ApiError(422, errors);

/** The last middleware; Express knows it by its four parameters. */
export function handleError(error, req, res, next) {
  if (res.headersSent) {
    next(error);
  } else if (error instanceof ApiError) {
    res.status(error.status).json({ errors: error.errors });
  } else if (error.type === 'entity.parse.failed') {
    res.status(422).json({ errors: { body: ['is not valid JSON'] } });
  } else {
    console.error(error);
    res.status(500).json({ errors: { server: ['failed'] } });
  }
}

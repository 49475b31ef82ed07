class HttpError extends Error {
  constructor(status, message) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
  }
}
function check(value) {
  if (!value) {
    throw new HttpError(404, 'nothing here');
  }
}
setTimeout(() => check(0), 1);

import { EngineError, type RawRequest } from '../engine.ts';

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Methods for which Node's client sends no `Content-Length: 0` when there is no body. */
const bodilessMethods = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

/**
 * A request as it goes over the wire. Header lines go out as given; added are only `Host`, when there is none,
 * and the framing of a body that the caller left out.
 * @param host - Value of an added Host header, e.g. `localhost:3000`.
 * @throws EngineError EINVAL for a method, target or header that would break the framing.
 */
export function serializeRequest(request: RawRequest, host: string): Uint8Array {
  if (!token.test(request.method))
    throw new EngineError('EINVAL', `not an HTTP method: ${JSON.stringify(request.method)}`);
  if (!isLine(request.target) || request.target === '' || request.target.includes(' ')) {
    throw new EngineError(
      'EINVAL',
      `not a request target: ${JSON.stringify(request.target)}; encode spaces and controls`,
    );
  }
  const has = (name: string) => request.headers.some(([other]) => other.toLowerCase() === name);
  let head = `${request.method} ${request.target} HTTP/1.1\r\n`;
  if (!has('host')) head += `Host: ${host}\r\n`;
  for (const [name, value] of request.headers) {
    if (!token.test(name) || !isLine(value)) {
      throw new EngineError('EINVAL', `not a header: ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
    }
    head += `${name}: ${value}\r\n`;
  }
  const body = request.body ?? new Uint8Array(0);
  if (has('transfer-encoding')) return concat([latin1(`${head}\r\n`), ...oneChunk(body)]);
  if (!has('content-length') && (body.length > 0 || !bodilessMethods.has(request.method))) {
    head += `Content-Length: ${body.length}\r\n`;
  }
  return concat([latin1(`${head}\r\n`), body]);
}

function oneChunk(body: Uint8Array): Uint8Array[] {
  const last = latin1('0\r\n\r\n');
  return body.length === 0 ? [last] : [latin1(`${body.length.toString(16)}\r\n`), body, latin1('\r\n'), last];
}

/** No line breaks, no NUL, and no character that a byte cannot hold. */
function isLine(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 13 || code === 10 || code === 0 || code > 255) return false;
  }
  return true;
}

function latin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

function concat(parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Reading the body of an answer: server-sent events as providers really write them, or one piece of JSON. */

/** What came: an event of a stream, the word that it is complete, or an answer in one piece. */
export type Received =
  | { readonly kind: 'event'; readonly data: unknown }
  | { readonly kind: 'done' }
  | { readonly kind: 'whole'; readonly data: unknown }
  /** A web page, or another text in which there is no JSON. */
  | { readonly kind: 'other'; readonly text: string };

/**
 * Whether an answer is a stream is seen by its first character, not by its content type: some send events as
 * `application/json`, and some one piece of JSON as `text/event-stream`.
 * @param read - the next piece of the body; undefined at its end
 * @throws SyntaxError for an event that is no JSON
 */
export async function* received(read: () => Promise<Uint8Array | undefined>): AsyncGenerator<Received> {
  const decoder = new TextDecoder();
  const next = async (): Promise<string | undefined> => {
    const bytes = await read();
    return bytes === undefined ? undefined : decoder.decode(bytes, { stream: true });
  };
  let head = '';
  while (head === '') {
    const piece = await next();
    if (piece === undefined) return;
    head = piece.trimStart();
  }
  if (head.startsWith('{') || head.startsWith('[') || head.startsWith('<')) {
    const pieces = [head];
    for (let piece = await next(); piece !== undefined; piece = await next()) pieces.push(piece);
    yield* whole(pieces.join(''));
    return;
  }
  yield* events(head, next);
}

function* whole(text: string): Generator<Received> {
  const data = parsed(text);
  if (data !== undefined) return yield { kind: 'whole', data };
  // One object a line, as a stream without the names of fields.
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const objects = lines.map(parsed);
  if (lines.length < 2 || objects.includes(undefined)) return yield { kind: 'other', text };
  for (const one of objects) yield { kind: 'event', data: one };
  yield { kind: 'done' };
}

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function* events(head: string, next: () => Promise<string | undefined>): AsyncGenerator<Received> {
  let data: string[] = [];
  let other = '';
  for await (const line of lines(head, next)) {
    if (line === '') {
      if (data.length === 0) continue;
      const text = data.join('\n');
      data = [];
      yield { kind: 'event', data: JSON.parse(text) as unknown };
      continue;
    }
    const { name, value } = fieldOf(line);
    if (name !== 'data') {
      if (!known.has(name)) other = (other + line).slice(0, 400);
      continue;
    }
    const text = value.trim();
    if (text === '') continue;
    if (data.length === 0) {
      if (text.startsWith('[DONE]')) return yield { kind: 'done' };
      // Most events are one line: they are taken at once, whether the empty line that should follow comes or not.
      const one = parsed(text);
      if (one !== undefined) {
        yield { kind: 'event', data: one };
        continue;
      }
    }
    data.push(value);
  }
  if (data.length > 0) yield { kind: 'event', data: JSON.parse(data.join('\n')) as unknown };
  if (other !== '') yield { kind: 'other', text: other };
}

/** Fields of server-sent events; the empty one is a comment, as routers send while they wait. */
const known = new Set(['data', 'event', 'id', 'retry', '']);

function fieldOf(line: string): { name: string; value: string } {
  const colon = line.indexOf(':');
  if (colon < 0) return { name: line, value: '' };
  const value = line.slice(colon + 1);
  return { name: line.slice(0, colon), value: value.startsWith(' ') ? value.slice(1) : value };
}

/** Lines of any ending. What has no end yet is joined once, however many pieces it comes in. */
async function* lines(head: string, next: () => Promise<string | undefined>): AsyncGenerator<string> {
  let begun: string[] = [];
  let afterReturn = false;
  for (let piece: string | undefined = head; piece !== undefined; piece = await next()) {
    if (piece === '') continue;
    // A line break that was cut in two is one.
    const text: string = afterReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
    afterReturn = piece.endsWith('\r');
    const cut = text.split(/\r\n|\n|\r/);
    begun.push(cut[0] ?? '');
    if (cut.length === 1) continue;
    yield begun.join('');
    yield* cut.slice(1, -1);
    begun = [cut.at(-1) ?? ''];
  }
  const rest = begun.join('');
  if (rest !== '') yield rest;
}

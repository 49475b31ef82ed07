/** What a provider says when it refuses: each writes it in a shape of its own. */

export interface Complaint {
  readonly status: number | undefined;
  readonly headers: Headers | undefined;
  readonly code: string;
  readonly type: string;
  /** The parameter it is about, where it is named. */
  readonly parameter: string | undefined;
  /** In the provider's words; empty when there are none. */
  readonly text: string;
}

const shape = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const words = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** Names under which an error is found in an answer, the most telling first. */
const errorNames = ['error', 'errors', 'detail', 'message', 'msg', 'error_msg', 'base_resp'] as const;

/**
 * What of a body that came with a refusal is the error: OpenAI has it as `error`, Google puts that into a list, FastAPI
 * says `detail`, others say `message` without anything around it.
 * @param body - parsed JSON, or text that is none
 */
export function errorIn(body: unknown): unknown {
  if (Array.isArray(body)) return body.length === 0 ? '' : errorIn(body[0]);
  const { error } = shape(body);
  if (error === null || error === undefined || error === '') return body;
  // Some leave the code beside the error, as a word.
  return typeof error === 'string' ? { ...shape(body), error: undefined, message: error } : error;
}

/** Whether something that came with status 200 is an error all the same. */
export function saysError(data: unknown): boolean {
  const { error, choices, output, object, base_resp: inner } = shape(Array.isArray(data) ? data[0] : data);
  if (error !== null && error !== undefined && error !== '') return true;
  if (choices !== undefined || output !== undefined) return false;
  if (object === 'error' || inner !== undefined) return true;
  return errorNames.some((name) => sentence(shape(data)[name]) !== '');
}

/** @param error - an APIError of the `openai` package, or what else a request threw */
export function complaintOf(error: unknown): Complaint {
  const { status, headers, error: body } = shape(error);
  const inner = shape(body);
  const told = sentence(body);
  const own = error instanceof Error ? error.message : typeof error === 'string' ? error : '';
  const message = told !== '' ? told : own.replace(/^\d{3} status code \(no body\)$/, '');
  const metadata = words(shape(inner['metadata'])['raw']);
  const details = inner['details'] === undefined ? '' : JSON.stringify(inner['details']);
  const code = words(inner['code']) || words(shape(inner['base_resp'])['status_code']);
  // Within a stream, the status comes as the error's code.
  const inStream = /^[45]\d\d$/.test(code) ? Number(code) : undefined;
  return {
    status: typeof status === 'number' ? status : inStream,
    headers: headers instanceof Headers ? headers : undefined,
    code,
    type: words(inner['type']) || words(inner['status']),
    parameter: words(inner['param']) || undefined,
    text: [message, metadata, details].filter((part) => part !== '').join(' '),
  };
}

/** The words of an error, whatever it is packed in; of a list, all of them. */
function sentence(value: unknown, depth = 0): string {
  if (typeof value === 'string') return plain(value);
  if (depth > 4) return '';
  if (Array.isArray(value))
    return value
      .slice(0, 20)
      .map((one) => sentence(one, depth + 1))
      .filter((one) => one !== '')
      .join('; ');
  const inner = shape(value);
  // Pydantic's: where, and what about it.
  if (Array.isArray(inner['loc'])) return `${inner['loc'].join('.')}: ${words(inner['msg'])}`;
  for (const name of [
    'message',
    'detail',
    'msg',
    'error_msg',
    'status_msg',
    'error',
    'errors',
    'base_resp',
  ]) {
    const said = sentence(inner[name], depth + 1);
    if (said !== '') return said;
  }
  return '';
}

/** Of a web page, which gateways answer with, its title and first words. */
function plain(text: string): string {
  if (!/^\s*<(!doctype|html|\?xml|head|body)/i.test(text)) return text.trim();
  const short = text.slice(0, 20_000);
  const title = /<title[^>]*>([^<]*)/i.exec(short)?.[1]?.trim() ?? '';
  if (title !== '') return title;
  return short
    .replace(/<(script|style)[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
}

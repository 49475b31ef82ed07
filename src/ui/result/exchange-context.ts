import type { LogLine } from '../../domain/run.ts';
import type { Exchange } from '../../domain/verdict.ts';
import { stackTraces, type StackTrace } from './stack-trace.ts';

/** What belongs to an exchange: what the server wrote meanwhile, and the earlier answers that its request is made from. */

type Exchanges = readonly (Exchange | undefined)[];

/** Output takes another way than an answer and may come a little after it. */
const lateMs = 250;
const mostLines = 200;

/**
 * The traces that the server wrote while it answered, by index of the exchange. Of exchanges close in time the one that
 * went wrong gets the trace. Empty for records of earlier versions, which do not say when requests went out.
 * @param files paths of the submission
 */
export function serverErrors(
  exchanges: Exchanges,
  log: readonly LogLine[],
  files: ReadonlySet<string>,
): ReadonlyMap<number, readonly StackTrace[]> {
  const errors = new Map<number, StackTrace[]>();
  const timed = exchanges.flatMap((exchange, index) =>
    exchange?.at === undefined ? [] : [{ index, from: exchange.at, to: exchange.at + exchange.ms, exchange }],
  );
  const [first] = timed;
  if (first === undefined) return errors;
  for (const trace of stackTraces(log, files)) {
    if (trace.at < first.from) continue;
    const near = timed.filter(({ from, to }) => from <= trace.at && trace.at <= to + lateMs);
    const owner = near.findLast(({ exchange }) => wentWrong(exchange)) ?? near.at(-1);
    if (owner !== undefined) errors.set(owner.index, [...(errors.get(owner.index) ?? []), trace]);
  }
  return errors;
}

const wentWrong = ({ response }: Exchange): boolean => response === undefined || response.status >= 500;

/**
 * The lines that the server wrote while it answered, and those of the traces that belong to the exchange; at most 200.
 * Undefined when the record does not say when the request went out.
 */
export function linesDuring(
  exchange: Exchange,
  log: readonly LogLine[],
  traces: readonly StackTrace[] = [],
): readonly LogLine[] | undefined {
  const { at, ms } = exchange;
  if (at === undefined) return undefined;
  const inTrace = (index: number): boolean => traces.some(({ from, to }) => from <= index && index <= to);
  return log
    .filter((line, index) => (line.at >= at && line.at <= at + ms + 5) || inTrace(index))
    .slice(0, mostLines);
}

/** An earlier exchange whose answer a request uses. */
export interface Origin {
  readonly exchange: number;
  /** What is taken from it, e.g. `token`. */
  readonly names: readonly string[];
}

const shortest = 3;

/**
 * The earlier exchanges that a request is made from: those whose answers first held its token or a part of its path. In the
 * order in which they were made.
 */
export function originsOf(exchanges: Exchanges, index: number): Origin[] {
  const request = exchanges[index]?.request;
  if (request === undefined) return [];
  const wanted = new Map<string, string>();
  const authorization = request.headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  const token = authorization?.split(' ').at(-1);
  if (token !== undefined && token.length >= shortest) wanted.set(token, 'token');
  for (const part of request.target.split(/[/?&=]/)) {
    const value = decoded(part);
    if (value.length >= shortest || /^\d+$/.test(value)) wanted.set(value, value);
  }
  const found = new Map<number, string[]>();
  for (const [value, name] of wanted) {
    const from = firstAnswerWith(exchanges, index, value);
    if (from !== undefined) found.set(from, [...(found.get(from) ?? []), name]);
  }
  return [...found].map(([exchange, names]) => ({ exchange, names })).sort((a, b) => a.exchange - b.exchange);
}

/** Only a whole value of an answer's JSON counts; a number also turns up in counts, so that lists are left out for it. */
function firstAnswerWith(exchanges: Exchanges, before: number, value: string): number | undefined {
  const literal = /^\d+$/.test(value) ? new RegExp(`:\\s*"?${value}"?\\s*[,}\\]]`) : undefined;
  const quoted = JSON.stringify(value);
  const holds = (at: number): boolean => {
    const exchange = exchanges[at];
    const status = exchange?.response?.status ?? 0;
    const body = status >= 200 && status < 300 ? (exchange?.response?.body ?? '') : '';
    if (exchange?.request.method === 'GET' && literal !== undefined) return false;
    return literal === undefined ? body.includes(quoted) : literal.test(body);
  };
  for (let at = 0; at < before; at++) if (holds(at)) return at;
  return undefined;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

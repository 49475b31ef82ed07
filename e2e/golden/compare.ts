import type { Content, Exchange, GoldenRecord } from './record.ts';
import { textOf } from './record.ts';

/** A difference from the real interpreter that is accepted, with its reason. */
export interface Difference {
  id: string;
  /** Where it may occur: a case (`apps/NAME`, `probes/SUBJECT/FILE`), a folder of cases ending in `/`, or `*`. */
  where: string;
  /** `version`: of the version that runs; `open`: a fault that is known and not mended yet; the others stay. */
  class: 'v8-wording' | 'version' | 'engine' | 'open';
  /** Parts that differ as a whole (`stdout`, `exit code`, `request 3`); of an open fault it is given. */
  part?: string | readonly string[];
  /** What is rewritten in the embedded engine's text before it is compared, and by what (`$1` is the first group). */
  embedded?: readonly [RegExp, string];
  /** The same for the real one's text. */
  native?: readonly [RegExp, string];
  /** Shows in one run and not in the next: need not occur. */
  unsteady?: boolean;
  reason: string;
}

export interface Comparison {
  /** Exchanges and outputs compared, and those that are identical without any accepted difference. */
  compared: number;
  identical: number;
  /** Parts that differ by a fault listed as open. */
  open: number;
  /** Ids of the accepted differences that occurred. */
  accepted: Set<string>;
  /** What differs and is not accepted, for people. */
  problems: string[];
}

interface Part {
  name: string;
  native: string;
  embedded: string;
}

const applies = ({ where }: Difference, id: string) =>
  where === '*' || where === id || (where.endsWith('/') && id.startsWith(where));

/** Content as one text; what is no text as its JSON. */
const flat = (content: Content | undefined) => textOf(content) ?? JSON.stringify(content) ?? '';

/** An answer as one text: what came over the wire, but for the framing. */
function wire(exchange: Exchange | undefined): string {
  if (exchange === undefined) return '(not asked)';
  if (exchange.error !== undefined) return `(no answer: ${exchange.error})`;
  if (exchange.raw !== undefined) return flat(exchange.raw);
  const decoded = exchange.decoded === undefined ? [] : ['', 'decoded:', flat(exchange.decoded)];
  return [exchange.status, ...(exchange.headers ?? []), '', flat(exchange.body), ...decoded].join('\n');
}

/** A length or an entity tag follows from the body: where the body's difference is accepted, theirs is. */
const bodyHeaders = /^((?:content-length|etag): ).*$/gim;
const withoutLengths = (text: string) => text.replace(bodyHeaders, '$1…');

function rewritten(text: string, rule: readonly [RegExp, string] | undefined): string {
  return rule === undefined ? text : text.replace(rule[0], rule[1]);
}

function partsOf(native: GoldenRecord, embedded: GoldenRecord): Part[] {
  const parts: Part[] = (['stdout', 'stderr'] as const).map((name) => ({
    name,
    native: flat(native[name]),
    embedded: flat(embedded[name]),
  }));
  parts.push({ name: 'exit code', native: String(native.exit), embedded: String(embedded.exit) });
  const [asked = [], answered = []] = [native.exchanges, embedded.exchanges];
  for (let at = 0; at < Math.max(asked.length, answered.length); at++) {
    const [one, other] = [asked[at], answered[at]];
    const name = `request ${at + 1}: ${one?.request ?? other?.request}`;
    parts.push({ name, native: wire(one), embedded: wire(other) });
  }
  return parts;
}

/** Of an app that never comes up everything differs; the first few tell why. */
const shownProblems = 8;
const shownLines = 25;

/** Compares what an embedded engine did with the record of the real one. */
export function compare(
  id: string,
  native: GoldenRecord,
  embedded: GoldenRecord,
  differences: readonly Difference[],
): Comparison {
  const result: Comparison = { compared: 0, identical: 0, open: 0, accepted: new Set(), problems: [] };
  const allowed = differences.filter((difference) => applies(difference, id));
  const [wanted, got] = [native.packages?.join('\n'), embedded.packages?.join('\n')];
  if (wanted !== got) {
    const changed = linesApart(wanted ?? '', got ?? '');
    result.problems.push(
      `other packages than in the record; record again (npm run golden ${id})\n${changed}`,
    );
  }
  for (const part of partsOf(native, embedded)) {
    result.compared += 1;
    if (part.native === part.embedded) {
      result.identical += 1;
      continue;
    }
    let [native, embedded] = [part.native, part.embedded];
    const used: string[] = [];
    for (const difference of allowed) {
      const [left, right] = [rewritten(native, difference.native), rewritten(embedded, difference.embedded)];
      if (left !== native || right !== embedded) used.push(difference.id);
      [native, embedded] = [left, right];
    }
    const name = part.name.split(':')[0] ?? '';
    const whole = allowed.find(({ part: known }) => known !== undefined && [known].flat().includes(name));
    if (whole !== undefined) {
      result.accepted.add(whole.id);
      if (whole.class === 'open') result.open += 1;
      continue;
    }
    const same = used.length > 0 && withoutLengths(native) === withoutLengths(embedded);
    if (same) for (const name of used) result.accepted.add(name);
    else result.problems.push(`${part.name}\n${linesApart(part.native, part.embedded)}`);
  }
  const more = result.problems.length - shownProblems;
  if (more > 0) result.problems.splice(shownProblems, more, `… and ${more} more`);
  return result;
}

/** The lines that one of two texts has more often than the other, `-` for the first; else where their order parts. */
export function linesApart(native: string, embedded: string): string {
  const [left, right] = [native.split('\n'), embedded.split('\n')];
  const show = (line: string, sign: string) => `    ${sign} ${line.slice(0, 400)}`;
  const only = (lines: string[], others: string[], sign: string) => {
    const spare = new Map<string, number>();
    for (const line of others) spare.set(line, (spare.get(line) ?? 0) + 1);
    const own = lines.filter((line) => {
      const left = spare.get(line) ?? 0;
      spare.set(line, left - 1);
      return left <= 0;
    });
    return own.slice(0, shownLines).map((line) => show(line, sign));
  };
  const apart = [...only(left, right, '-'), ...only(right, left, '+')];
  if (apart.length > 0) return apart.join('\n');
  const at = left.findIndex((line, index) => line !== right[index]);
  const pair = [show(left[at] ?? '', '-'), show(right[at] ?? '', '+')];
  return ['    (the same lines in another order)', ...pair].join('\n');
}

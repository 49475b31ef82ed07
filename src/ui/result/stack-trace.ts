import type { LogLine } from '../../domain/run.ts';
import { readAnsi } from '../text/ansi.ts';
import { ownPath } from './source-place.ts';

/** Stack traces of Node and Python in the output of a server. */

export interface TraceFrame {
  /** Inside the submission when `own`; else as the trace has it. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly column?: number;
  /** Name of the function, when it has one. */
  readonly fn?: string;
  /** True for a file of the submission: only these can be opened. */
  readonly own: boolean;
}

export interface StackTrace {
  /** What was thrown: `TypeError: x is not a function`. */
  readonly message: string;
  /** Innermost first, in both languages. */
  readonly frames: readonly TraceFrame[];
  /** Milliseconds since the run began, of its last line. */
  readonly at: number;
  /** Places of its first and last line in the log it was read from. */
  readonly from: number;
  readonly to: number;
}

const mostTraces = 5_000;
const mostFrames = 100;
/** Lines between what was thrown and the first `at`: messages of several lines. */
const longestHead = 12;

/**
 * All stack traces of a log, in the order of their last lines. The two streams are read apart, because their lines
 * come mixed. Never throws, whatever the text.
 * @param files paths of the submission
 */
export function stackTraces(log: readonly LogLine[], files: ReadonlySet<string>): StackTrace[] {
  const traces: StackTrace[] = [];
  for (const stream of ['stdout', 'stderr'] as const) {
    const lines: Line[] = [];
    log.forEach((line, index) => {
      if (line.stream !== stream) return;
      // Loggers colour what they write, and programs of other systems end lines with a return.
      const text = readAnsi(line.text).text.replace(/\r$/, '');
      lines.push({ text, at: line.at, index });
    });
    traces.push(...readTraces(lines, files));
  }
  return traces.sort((a, b) => a.to - b.to).slice(0, mostTraces);
}

/** The first frame in a file of the submission: where to look. */
export const ownFrame = (trace: StackTrace): TraceFrame | undefined => trace.frames.find(({ own }) => own);

interface Line {
  readonly text: string;
  readonly at: number;
  /** Place in the whole log. */
  readonly index: number;
}

function readTraces(lines: readonly Line[], files: ReadonlySet<string>): StackTrace[] {
  const traces: StackTrace[] = [];
  for (let at = 0; at < lines.length && traces.length < mostTraces;) {
    const read = readNode(lines, at, files) ?? readPython(lines, at, files) ?? readJson(lines, at, files);
    if (read === undefined) at++;
    else {
      traces.push(...read.traces);
      at = read.next;
    }
  }
  return traces;
}

interface Read {
  readonly traces: readonly StackTrace[];
  /** Where to go on. */
  readonly next: number;
}

const nodeFrame =
  /^\s+at (?:async )?(?:(?<fn>[^(]{1,300}?) \()?(?<path>[^()\s][^()]{0,600}?):(?<line>\d{1,7}):(?<column>\d{1,7})\)?(?: \{)?$/;
const anyNodeFrame = /^\s+at \S/;
const thrown = /(?:^|[\s:[])([\w$.]*(?:Error|Exception|Exit|Interrupt|Warning|Fault)\b.*)$/;

function readNode(lines: readonly Line[], at: number, files: ReadonlySet<string>): Read | undefined {
  if (!anyNodeFrame.test(lines[at]?.text ?? '')) return undefined;
  let end = at;
  while (anyNodeFrame.test(lines[end]?.text ?? '')) end++;
  const frames = lines.slice(at, Math.min(end, at + mostFrames)).flatMap(({ text }) => {
    const { fn, path, line, column } = nodeFrame.exec(text)?.groups ?? {};
    if (path === undefined) return [];
    return [frameOf(files, path, Number(line), Number(column), fn)];
  });
  if (frames.length === 0) return { traces: [], next: end };
  const head = headOf(lines, at);
  const origin = syntaxOrigin(lines, head.from, files);
  const trace = traceOf(
    lines,
    head.message,
    origin === undefined ? frames : [origin, ...frames],
    head.from,
    end,
  );
  return { traces: trace, next: end };
}

/** What was thrown stands above the first `at`, at most a few lines up. */
function headOf(lines: readonly Line[], at: number): { message: string; from: number } {
  for (let up = at - 1; up >= Math.max(0, at - longestHead); up--) {
    const text = lines[up]?.text ?? '';
    if (anyNodeFrame.test(text)) break;
    const found = thrown.exec(text)?.[1];
    if (found !== undefined) return { message: found, from: up };
  }
  const above = lines[at - 1]?.text.trim() ?? '';
  return above === '' || anyNodeFrame.test(above)
    ? { message: 'an error without a message', from: at }
    : { message: above, from: at - 1 };
}

/** Node names the place of a syntax error, and of what nobody caught, on a line of its own above the message. */
function syntaxOrigin(
  lines: readonly Line[],
  head: number,
  files: ReadonlySet<string>,
): TraceFrame | undefined {
  if (!/^SyntaxError\b/.test(lines[head]?.text ?? '')) return undefined;
  for (let up = head - 1; up >= Math.max(0, head - 6); up--) {
    const found = /^((?:file:\/\/)?\/[^:]{1,512}):(\d{1,7})$/.exec(lines[up]?.text ?? '');
    if (found !== null) return frameOf(files, found[1] ?? '', Number(found[2]));
  }
  return undefined;
}

const pythonHead = /^([\s|+-]*)(?:Exception Group )?Traceback \(most recent call last\):/;
const pythonFrame = /^ {2}File "(?<path>[^"]{1,600})", line (?<line>\d{1,7})(?:, in (?<fn>.{1,300}))?$/;

function readPython(lines: readonly Line[], at: number, files: ReadonlySet<string>): Read | undefined {
  const text = lines[at]?.text ?? '';
  const headed = pythonHead.exec(text);
  if (headed === null && !pythonFrame.test(text)) return undefined;
  // Traces of grouped exceptions stand to the right of a margin as wide as that of their headline.
  const margin = headed?.[1]?.length ?? 0;
  const bare = (line: Line | undefined): string => line?.text.slice(margin) ?? '';
  const frames: TraceFrame[] = [];
  let next = headed === null ? at : at + 1;
  for (; next < lines.length; next++) {
    const { path, line, fn } = pythonFrame.exec(bare(lines[next]))?.groups ?? {};
    if (path !== undefined) {
      if (frames.length < mostFrames) frames.unshift(frameOf(files, path, Number(line), undefined, fn));
    } else if (!bare(lines[next]).startsWith('    ')) break;
  }
  const last = bare(lines[next]).trim();
  // Without the headline a `File …` is a trace only when an error follows.
  if (frames.length === 0 || (headed === null && !/^[\w.]+(Error|Exception|Warning)\b/.test(last))) {
    return headed === null ? undefined : { traces: [], next };
  }
  const message = last === '' ? 'an exception without a message' : last;
  const end = last === '' ? next : next + 1;
  return { traces: traceOf(lines, message, frames, at, end), next: end };
}

/** Loggers that write JSON hold the trace as text: `{"err": {"stack": "…"}}`. */
function readJson(lines: readonly Line[], at: number, files: ReadonlySet<string>): Read | undefined {
  const line = lines[at];
  if (line === undefined || !/^\s*\{.*"stack"\s*:/.test(line.text)) return undefined;
  const stack = stackIn(line.text);
  if (stack === undefined) return undefined;
  const inner = stack.split('\n').map((text) => ({ text, at: line.at, index: line.index }));
  const traces = inner.flatMap((_, from) => readNode(inner, from, files)?.traces.slice(0, 1) ?? []);
  return { traces: traces.slice(0, 1), next: at + 1 };
}

function stackIn(text: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  for (const holder of [value, property(value, 'err'), property(value, 'error')]) {
    const stack = property(holder, 'stack');
    if (typeof stack === 'string') return stack.slice(0, 20_000);
  }
  return undefined;
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

function frameOf(
  files: ReadonlySet<string>,
  path: string,
  line: number,
  column?: number,
  fn?: string,
): TraceFrame {
  const own = ownPath(path, files);
  return {
    path: own ?? path,
    line,
    ...(column !== undefined && { column }),
    ...(fn !== undefined && fn !== '' && { fn }),
    own: own !== undefined,
  };
}

/** @param end after its last line */
function traceOf(
  lines: readonly Line[],
  message: string,
  frames: readonly TraceFrame[],
  from: number,
  end: number,
): StackTrace[] {
  const first = lines[from];
  const last = lines[Math.min(end, lines.length) - 1];
  if (first === undefined || last === undefined) return [];
  return [{ message, frames, at: last.at, from: first.index, to: last.index }];
}

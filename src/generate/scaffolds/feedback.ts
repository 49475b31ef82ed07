import type { RunRecord, StageRecord } from '../../domain/run.ts';
import type { AssertionResult, Exchange } from '../../domain/verdict.ts';

/** What of a run a model is told. */
export type FeedbackKind = 'all' | 'findings' | 'assertions' | 'logs';

export interface FeedbackOptions {
  readonly kind: FeedbackKind;
  /** Characters of the whole text. */
  readonly budget: number;
}

const bodyLength = 400;
const logLine = 500;

/**
 * What a run says to the model that wrote the submission: the stage that failed, violated rules with their findings, failed
 * assertions with request and response, the end of the log. What goes beyond the budget is counted. Texts that the
 * submission wrote stand in fences that they cannot close.
 */
export function feedback(record: RunRecord, { kind, budget }: FeedbackOptions): string {
  const parts: Part[] = [];
  const failed = failedStage(record);
  // That checks failed is told with the checks.
  if (failed !== undefined && failed.name !== 'suite') parts.push(stagePart(failed));
  if (kind === 'all' || kind === 'findings') parts.push(...findingParts(record));
  if (kind === 'all' || kind === 'assertions') parts.push(...assertionParts(record));
  if (kind === 'all' || kind === 'logs' || (failed !== undefined && failed.name !== 'suite'))
    parts.push(...logParts(record, kind));
  const head = `Your submission was run. ${outcome(record, kind)}`;
  return fitted(head, parts, budget);
}

interface Part {
  readonly title: string;
  readonly items: readonly string[];
  /** Of the items that are left out, what they are. */
  readonly noun: string;
  /** Share of the budget, when others need theirs. */
  readonly share: number;
}

/** In a sentence or two; of a kind of feedback, without what the other kinds tell. */
function outcome(record: RunRecord, kind: FeedbackKind): string {
  if (record.verdict.kind === 'unscored') return `It has no score: ${record.verdict.detail}`;
  const { passed, total, pass } = record.verdict.score;
  const rules = record.verify[0]?.rules.filter((rule) => !rule.compliant).map((rule) => rule.rule) ?? [];
  if (pass) return `All ${total} checks passed, and all rules are kept.`;
  const checks = `${passed} of ${total} checks passed`;
  const broken =
    rules.length === 0
      ? 'all rules are kept'
      : `these rules are broken, which sets the score to 0: ${rules.join(', ')}`;
  if (kind === 'all') return `${checks}; ${broken}.`;
  if (kind === 'assertions')
    return passed < total
      ? `${checks}.`
      : `All ${total} checks passed, but not all that was asked for is kept.`;
  if (kind === 'findings')
    return rules.length > 0
      ? `It does not pass: ${broken}.`
      : 'All rules are kept, but not all checks passed.';
  const silent = record.log.every(({ stream }) => stream === 'system');
  return silent ? 'It does not pass. It wrote nothing to its log.' : 'It does not pass.';
}

const failedStage = (record: RunRecord): StageRecord | undefined =>
  record.stages.find((stage) => stage.status === 'failed' && stage.name !== 'verify');

function stagePart({ name, message, exitCode }: StageRecord): Part {
  const code = exitCode === undefined ? '' : ` (exit code ${exitCode})`;
  return {
    title: 'The stage that failed',
    items: [`\`${name}\`${code}: ${oneLine(message ?? 'no reason given')}`],
    noun: 'stages',
    share: 0.1,
  };
}

function findingParts(record: RunRecord): Part[] {
  const items = (record.verify[0]?.rules ?? [])
    .filter((rule) => !rule.compliant)
    .flatMap(({ rule, findings }) =>
      findings.map(
        ({ file, line, column, message }) =>
          `- [${rule}] ${oneLine(file)}:${line}:${column} ${oneLine(message)}`,
      ),
    );
  return items.length === 0 ? [] : [{ title: 'Broken rules', items, noun: 'findings', share: 0.3 }];
}

function assertionParts(record: RunRecord): Part[] {
  const { assertions = [], exchanges = [] } = record.suite ?? {};
  const failed = assertions.filter(({ status }) => status === 'failed');
  const unreached = assertions.filter(({ status }) => status === 'not-reached').length;
  if (failed.length === 0 && unreached === 0) return [];
  const told: Told = { exchanges: new Set(), texts: new Map() };
  const items = failed.map((one) => assertionText(one, exchanges, told));
  if (unreached > 0) items.push(`${unreached} more checks were not reached.`);
  return [{ title: 'Failed checks', items, noun: 'failed checks', share: 0.5 }];
}

/** What was written out already: exchanges by their place, and what went wrong by its text, with the check that has it. */
interface Told {
  readonly exchanges: Set<number>;
  readonly texts: Map<string, string>;
}

/**
 * An exchange is written out with the first of its assertions; the others name it by its request. What went wrong in the same
 * way before is named by the check that tells it.
 */
function assertionText(one: AssertionResult, exchanges: readonly Exchange[], told: Told): string {
  const { id, endpoint, sentence, message, expected, got, exchange: index } = one;
  const head = `- ${endpoint} (${id}): ${oneLine(sentence)}`;
  const lines: string[] = [];
  if (message !== undefined) lines.push(`  ${oneLine(message)}`);
  if (expected !== undefined) lines.push(`  expected: ${oneLine(expected)}`);
  if (got !== undefined) lines.push(`  got: ${oneLine(got)}`);
  const exchange = index === undefined ? undefined : exchanges[index];
  const first = index !== undefined && !told.exchanges.has(index);
  if (index !== undefined) told.exchanges.add(index);
  if (exchange !== undefined && first) lines.push(...exchangeLines(exchange));
  const text = `${endpoint}\n${lines.join('\n')}`;
  const same = first ? told.texts.get(text) : undefined;
  if (same !== undefined) return `${head}\n  as in ${same}`;
  told.texts.set(text, id);
  return [head, ...lines].join('\n');
}

function exchangeLines({ request, response, error }: Exchange): string[] {
  const body = request.body === undefined ? '' : ` ${oneLine(request.body)}`;
  return [
    `  request: ${request.method} ${oneLine(request.target)}${body}`,
    response === undefined
      ? `  no response: ${oneLine(error ?? '')}`
      : `  response: ${response.status} ${oneLine(response.body)}`,
  ];
}

function logParts(record: RunRecord, kind: FeedbackKind): Part[] {
  const lines = record.log
    .filter(({ stream }) => stream !== 'system')
    .map(({ text }) => (text.length > logLine ? `${text.slice(0, logLine)}…` : text));
  if (lines.length === 0) return [];
  // The end of a log says most, so it is the beginning that is left out.
  const room = kind === 'logs' ? 400 : 120;
  const kept = lines
    .flatMap((text) => text.split('\n'))
    .filter((line) => line !== '')
    .slice(-room);
  const fence = fenceFor(kept);
  return [
    {
      title: 'The end of the log',
      items: [`${fence}\n${kept.join('\n')}\n${fence}`],
      noun: 'log',
      share: 0.3,
    },
  ];
}

/** A fence that is longer than any in the text. */
function fenceFor(lines: readonly string[]): string {
  let longest = 2;
  for (const line of lines) longest = Math.max(longest, /^\s*(`*)/.exec(line)?.[1]?.length ?? 0);
  return '`'.repeat(longest + 1);
}

function oneLine(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length > bodyLength ? `${flat.slice(0, bodyLength)}…` : flat;
}

/** All parts when they fit; else each gets its share, and what one leaves over goes to the next. */
function fitted(head: string, parts: readonly Part[], budget: number): string {
  let room = Math.max(0, budget - head.length);
  let shares = parts.reduce((sum, { share }) => sum + share, 0);
  const texts = [head];
  for (const { title, items, noun, share } of parts) {
    const mine = shares <= share ? room : Math.floor((room * share) / shares);
    const kept: string[] = [];
    let used = title.length + 60;
    for (const item of items) {
      const text = item.length + 1 > mine - used && kept.length === 0 ? cutItem(item, mine - used) : item;
      if (used + text.length + 1 > mine || text === '') break;
      kept.push(text);
      used += text.length + 1;
    }
    const left = items.length - kept.length;
    if (left > 0) kept.push(`(${left} more ${noun} are left out here.)`);
    texts.push(`# ${title}\n\n${kept.join('\n')}`);
    room -= used;
    shares -= share;
  }
  return texts.join('\n\n');
}

/** An item that alone is too long: its end when it is a log, else its beginning. */
function cutItem(item: string, room: number): string {
  if (room < 80) return '';
  const fence = /^`{3,}/.exec(item)?.[0];
  if (fence === undefined) return `${item.slice(0, room - 2)}…`;
  const body = item.slice(fence.length + 1, -fence.length - 1);
  const kept = body.slice(-(room - 2 * fence.length - 8));
  return `${fence}\n${kept.slice(kept.indexOf('\n') + 1)}\n${fence}`;
}

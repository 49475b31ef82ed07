import { findTask } from '../../tasks/index.ts';
import type { Task } from '../../src/domain/task.ts';
import type { Finding } from '../../src/domain/verdict.ts';

export type Rule = Finding['rule'];

/** What a rule must say about a fixture. */
export interface Label {
  readonly compliant: boolean;
  /** Where findings must be; without a line, anywhere in the file. */
  readonly places: readonly Place[];
}

export interface Place {
  readonly file: string;
  readonly line: number | undefined;
}

/**
 * What a profile that reads text gets wrong, by the reason: facts that the parser profile works out and the paper's rules
 * do not.
 */
export const weaknesses = {
  'queries-in-routes': 'routes that query are not noticed',
  'framework-in-models': 'models that import the web framework are not noticed',
  'indirect-import': 'imports through index files, re-exports and aliases are not followed',
  'form-of-import': 'imports over several lines, dynamic ones and others not in its forms are missed',
  'unknown-directory': 'directories outside its list are no layers',
  'name-of-module': "a module's own name or an outer directory decides",
  'type-only': 'imports of types count',
  'comment-or-string': 'comments, strings and documents count',
  'not-running': 'files that never run, or are empty, count',
  'unknown-package': 'drivers and packages outside its list are no evidence',
  'value-not-evaluated': 'values that the environment, a branch or a constant decides are not worked out',
  'declared-or-imported': 'what is declared or imported counts as used',
  'opened-not-used': 'a database that is opened and never asked counts',
  'lone-django-backend': 'a second Django backend is taken for a default left standing',
  'around-the-orm': 'statements that go around the ORM are not noticed',
} as const;

export type Weakness = keyof typeof weaknesses;

/** A submission with the verdicts that were decided by hand. */
export interface LabelledFixture {
  /** `flask/route-executes-sql`: the folder is the framework. */
  readonly name: string;
  readonly task: Task;
  /** What it shows, one sentence. */
  readonly note: string;
  /** One for each rule that the task has; the truth, which the profile `parser` must give. */
  readonly labels: ReadonlyMap<Rule, Label>;
  /** What the profile `paper` must say, where that was decided by hand as well. */
  readonly paper: ReadonlyMap<Rule, boolean>;
  /** Why the profile `paper` misjudges it; undefined when it does not. */
  readonly weakness: Weakness | undefined;
  readonly files: Readonly<Record<string, string>>;
}

const rules: readonly Rule[] = ['architecture', 'database', 'orm', 'framework'];
const headKeys = [
  'task',
  'note',
  'form',
  'weakness',
  ...rules,
  ...rules.slice(0, 3).map((rule) => `paper-${rule}`),
] as const;
const sectionLine = /^-- (\S+) --$/;
const headLine = /^([a-z-]+): (\S.*)$/;
const place = /^([^\s:]+)(?::(\d+))?$/;

/** The rules that judge a submission for a task, in the order of `verify`. */
export function rulesOf(task: Task): Rule[] {
  const { architecture, database, orm } = task.constraints;
  return rules.filter(
    (rule) =>
      rule === 'framework' ||
      (rule === 'architecture' && architecture) ||
      (rule === 'database' && database !== undefined) ||
      (rule === 'orm' && orm),
  );
}

/**
 * Reads a fixture: a head of `key: value` lines, then a `-- path --` line before the text of each file. The key `form`
 * gives all files but run.sh a byte order mark (`bom`) or Windows line ends (`crlf`), which editors would lose.
 * @param name for messages and for people, `{framework}/{name}`
 * @throws SyntaxError that names the fixture and the line, for whatever is unknown, missing, twice or impossible
 */
export function parseFixture(name: string, text: string): LabelledFixture {
  const lines = text.split('\n');
  const firstSection = lines.findIndex((line) => sectionLine.test(line));
  if (firstSection === -1)
    throw new SyntaxError(`${name}: no file; begin one with a line such as "-- app.py --"`);
  const head = readHead(name, lines.slice(0, firstSection));
  const files = applyForm(name, readSections(name, lines, firstSection), head.get('form'));
  const task = readTask(name, head.get('task'));
  const labels = new Map(
    rulesOf(task).map((rule) => [rule, readLabel(name, rule, head.get(rule), files)] as const),
  );
  const paper = new Map<Rule, boolean>();
  for (const rule of rules) {
    if (head.has(rule) && !labels.has(rule)) throw new SyntaxError(`${name}: ${task.id} has no rule ${rule}`);
    const value = head.get(`paper-${rule}`);
    if (value === undefined) continue;
    if (!labels.has(rule)) throw new SyntaxError(`${name}: ${task.id} has no rule ${rule}`);
    paper.set(rule, readVerdict(name, `paper-${rule}`, value));
  }
  const weakness = readWeakness(name, head.get('weakness'));
  return { name, task, note: required(name, head, 'note'), labels, paper, weakness, files };
}

function readHead(name: string, lines: readonly string[]): Map<string, string> {
  const head = new Map<string, string>();
  for (const [index, line] of lines.entries()) {
    const match = headLine.exec(line);
    const [, key, value] = match ?? [];
    if (key === undefined || value === undefined) {
      throw new SyntaxError(`${name}:${index + 1}: "${line}" is not a line such as "task: flask-sqlite"`);
    }
    if (!(headKeys as readonly string[]).includes(key)) {
      throw new SyntaxError(`${name}:${index + 1}: unknown key ${key}; known are ${headKeys.join(', ')}`);
    }
    if (head.has(key)) throw new SyntaxError(`${name}:${index + 1}: ${key} stands there twice`);
    head.set(key, value.trim());
  }
  return head;
}

function readSections(name: string, lines: readonly string[], first: number): Map<string, string> {
  const files = new Map<string, string>();
  let path: string | undefined;
  let start = first;
  for (let index = first; index <= lines.length; index++) {
    const next = index === lines.length ? undefined : sectionLine.exec(lines[index] ?? '')?.[1];
    if (next === undefined && index < lines.length) continue;
    if (path !== undefined) files.set(path, joinLines(lines.slice(start, index), index === lines.length));
    if (next === undefined) break;
    if (
      next.startsWith('/') ||
      next.split('/').some((part) => part === '..' || part === '.' || part === '')
    ) {
      throw new SyntaxError(`${name}:${index + 1}: ${next} is not a path below the submission`);
    }
    if (files.has(next)) throw new SyntaxError(`${name}:${index + 1}: ${next} stands there twice`);
    path = next;
    start = index + 1;
  }
  return files;
}

/** The last section ends where the text ends; the others where the next one begins. */
function joinLines(lines: readonly string[], last: boolean): string {
  if (lines.length === 0) return '';
  return lines.join('\n') + (last ? '' : '\n');
}

function applyForm(
  name: string,
  files: Map<string, string>,
  form: string | undefined,
): Record<string, string> {
  const parts = form?.split(' ') ?? [];
  const unknown = parts.find((part) => part !== 'bom' && part !== 'crlf');
  if (unknown !== undefined) throw new SyntaxError(`${name}: unknown form ${unknown}; known are bom, crlf`);
  const shaped = [...files].map(([path, text]): [string, string] => {
    if (path.endsWith('.sh')) return [path, text];
    const ended = parts.includes('crlf') ? text.replaceAll('\n', '\r\n') : text;
    return [path, parts.includes('bom') ? `\uFEFF${ended}` : ended];
  });
  return Object.fromEntries(shaped);
}

function readTask(name: string, id: string | undefined): Task {
  const task = id === undefined ? undefined : findTask(id);
  if (task === undefined) throw new SyntaxError(`${name}: unknown task ${id ?? '(none)'}`);
  if (name.split('/')[0] !== task.framework) {
    throw new SyntaxError(`${name}: a fixture of ${task.id} belongs in the folder ${task.framework}`);
  }
  return task;
}

function readWeakness(name: string, value: string | undefined): Weakness | undefined {
  if (value === undefined || isWeakness(value)) return value;
  throw new SyntaxError(
    `${name}: unknown weakness ${value}; known are ${Object.keys(weaknesses).join(', ')}`,
  );
}

function isWeakness(value: string): value is Weakness {
  return Object.hasOwn(weaknesses, value);
}

function readLabel(
  name: string,
  rule: Rule,
  value: string | undefined,
  files: Readonly<Record<string, string>>,
): Label {
  if (value === undefined) throw new SyntaxError(`${name}: no label for the rule ${rule}`);
  const [verdict = '', ...rest] = value.split(' ');
  const compliant = readVerdict(name, rule, verdict);
  if (compliant && rest.length > 0)
    throw new SyntaxError(`${name}: ${rule} is compliant, so it has no places`);
  return { compliant, places: rest.map((text) => readPlace(name, text, files)) };
}

function readVerdict(name: string, key: string, value: string): boolean {
  if (value !== 'compliant' && value !== 'violated') {
    throw new SyntaxError(`${name}: ${key} is "${value}", neither compliant nor violated`);
  }
  return value === 'compliant';
}

function readPlace(name: string, text: string, files: Readonly<Record<string, string>>): Place {
  const [, file, digits] = place.exec(text) ?? [];
  const content = file !== undefined && Object.hasOwn(files, file) ? files[file] : undefined;
  if (file === undefined || content === undefined)
    throw new SyntaxError(`${name}: ${text} names no file of it`);
  const line = digits === undefined ? undefined : Number(digits);
  if (line !== undefined && (line < 1 || line > content.split('\n').length)) {
    throw new SyntaxError(`${name}: ${file} has no line ${line}`);
  }
  return { file, line };
}

function required(name: string, head: ReadonlyMap<string, string>, key: string): string {
  const value = head.get(key);
  if (value === undefined) throw new SyntaxError(`${name}: no ${key}`);
  return value;
}

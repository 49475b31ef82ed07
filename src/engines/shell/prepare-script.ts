import type { TransformContext, TransformPlugin } from 'just-bash';
import { Bash } from 'just-bash/browser';
import { toHereString } from './here-documents.ts';

/**
 * Prepares a script for the shell library, which runs each command to its end and hands over its output then. Here
 * servers run for ever, their output is wanted as it comes, and `&` means at the same time. So every external
 * command is rewritten to go through `__run`, whose words say where its output goes, and every background statement
 * through `__job`. What a script means does not change.
 *
 *     node app.js 2>&1 > log &      becomes      __job '__run oe 2>&1 1> log -- node app.js'
 */

/** Names of the commands that prepared scripts call. */
export const RUN = '__run';
export const JOB = '__job';
export const WAIT = '__wait';
/** Stands for `$!`, which the library does not let commands set. */
export const JOB_VARIABLE = '__LAST_JOB';

type Script = TransformContext['ast'];
type Statement = Script['statements'][number];
type Pipeline = Statement['pipelines'][number];
type Command = Pipeline['commands'][number];
type Simple = Extract<Command, { type: 'SimpleCommand' }>;
type Word = NonNullable<Simple['name']>;
type Redirection = Simple['redirections'][number];

/** Which of a command's streams reach the terminal; the others are collected by the shell. */
interface Live {
  out: boolean;
  err: boolean;
}

/**
 * Builtins that act on the shell itself, and words that a wrapper would break; `deactivate` is a function that a
 * virtual environment's script defines.
 */
const builtins = new Set(
  `: . [ [[ alias bg break builtin cd command compgen complete continue deactivate declare dirs disown enable eval exit export
   false fc fg getopts hash help history jobs kill let local logout mapfile popd pushd read readarray readonly return
   set shift shopt source suspend test times trap true type typeset ulimit umask unalias unset ${RUN} ${JOB} ${WAIT}`.split(
    /\s+/,
  ),
);

class Preparer {
  /** Functions of the script, and those whose output is collected somewhere. */
  readonly #functions = new Set<string>();
  readonly #collected = new Set<string>();
  /** Commands of `exec`: they stand in the shell's place, so that it ends with them. */
  readonly #replacing = new Set<Command>();
  #rewriting = false;

  /** The command that takes the shell's place without saying `exec`. */
  #only: Command | undefined;

  prepare(script: Script, serialize: (statement: Statement) => string, standIn: boolean): void {
    this.#serialize = serialize;
    if (standIn) this.#only = onlyCommand(script.statements);
    this.#visit(script, { out: true, err: true });
    this.#rewriting = true;
    this.#visit(script, { out: true, err: true });
  }
  #serialize: (statement: Statement) => string = () => '';

  #visit(node: unknown, live: Live): void {
    if (Array.isArray(node)) {
      for (const item of node) this.#visit(item, live);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    // Clauses of `if` and the like have no type of their own.
    if (!isNode(node)) return this.#visit(Object.values(node), live);
    switch (node.type) {
      case 'Statement':
        return this.#statement(node as unknown as Statement, live);
      case 'Pipeline':
        return this.#pipeline(node as unknown as Pipeline, live);
      case 'SimpleCommand':
        return this.#simple(node as unknown as Simple, live);
      case 'FunctionDef': {
        const name = String(node['name']);
        this.#functions.add(name);
        const out = !this.#collected.has(name);
        return this.#visit(node['body'], { out, err: true });
      }
      case 'CommandSubstitution':
      case 'ProcessSubstitution':
        return this.#visit(node['body'], { out: false, err: live.err });
      case 'Redirection':
        if (this.#rewriting) toHereString(node as unknown as Redirection);
        return this.#children(node, live);
      case 'Word':
        if (this.#rewriting) keepDefault(node as unknown as Word);
        return this.#visit(node['parts'], live);
      case 'ParameterExpansion':
        if (this.#rewriting && node['parameter'] === '!') node['parameter'] = JOB_VARIABLE;
        return this.#visit(node['operation'], live);
      default:
        return this.#children(node, live);
    }
  }

  #children(node: AnyNode, live: Live): void {
    const redirections = (Array.isArray(node['redirections']) ? node['redirections'] : []) as Redirection[];
    const inner = { ...live };
    for (const redirection of redirections) {
      if (redirection.operator === '<' || redirection.operator.startsWith('<<')) continue;
      if (redirection.fd !== 2) inner.out = false;
      if (redirection.fd === 2 || redirection.operator.startsWith('&')) inner.err = false;
    }
    for (const [key, value] of Object.entries(node)) {
      if (key !== 'type') this.#visit(value, inner);
    }
  }

  #statement(statement: Statement, live: Live): void {
    this.#visit(statement.pipelines, live);
    if (!this.#rewriting || !statement.background) return;
    statement.background = false;
    const only = onlyCommand([statement]);
    if (only !== undefined) standIn(only);
    const text = this.#serialize(statement);
    statement.operators = [];
    statement.pipelines = [
      {
        type: 'Pipeline',
        negated: false,
        commands: [simple(literal(JOB), [quoted(text)])],
      },
    ];
  }

  #pipeline(pipeline: Pipeline, live: Live): void {
    const last = pipeline.commands.length - 1;
    pipeline.commands.forEach((command, index) => {
      const err = live.err && !(pipeline.pipeStderr?.[index] ?? false);
      this.#visit(command, index === last ? live : { out: false, err });
      if (this.#replacing.has(command)) pipeline.commands[index] = thenExit(command);
    });
  }

  #simple(command: Simple, live: Live): void {
    this.#visit([command.assignments, command.args, command.redirections], live);
    if (command.name === null) return;
    const name = literalText(command.name);
    if (name !== undefined && this.#functions.has(name)) {
      if (!live.out || command.redirections.length > 0) this.#collected.add(name);
      return;
    }
    if (!this.#rewriting) return;
    const [first, ...rest] = command.args;
    if (name === 'exec' && first !== undefined && !(literalText(first) ?? '').startsWith('-')) {
      command.name = literal(RUN);
      command.args = [...this.#routing(command, live, live.out), first, ...rest];
      this.#replacing.add(command);
    } else if (name === 'nohup' && first !== undefined) {
      command.name = first;
      command.args = rest;
      this.#simple(command, live);
    } else if (name === 'wait') {
      command.name = literal(WAIT);
    } else if (name === undefined || (!builtins.has(name) && name !== 'exec')) {
      command.args = [
        ...this.#routing(command, live, command === this.#only, command === this.#only),
        command.name,
        ...command.args,
      ];
      command.name = literal(RUN);
    }
  }

  /**
   * Words that say where output goes; takes over the redirections that can be said so.
   * @param replacing - the command stands in the shell's place: `x`.
   * @param reading - and reads what the shell would read, unless a redirection says otherwise: `i`.
   */
  #routing(command: Simple, live: Live, replacing = false, reading = false): Word[] {
    const isInput = ({ operator }: Redirection) => operator === '<' || operator.startsWith('<<');
    const outputs = command.redirections.filter((redirection) => !isInput(redirection));
    const routes = outputs.map(route);
    const known = routes.every((words) => words !== undefined);
    if (known) command.redirections = command.redirections.filter(isInput);
    const taken = known ? `${live.out ? 'o' : ''}${live.err ? 'e' : ''}` : '';
    const inherits = reading && !command.redirections.some(isInput);
    const streams = `${taken}${replacing ? 'x' : ''}${inherits ? 'i' : ''}`;
    return [literal(streams === '' ? '-' : streams), ...(known ? routes.flat() : []), literal('--')];
  }
}

/** A redirection as words of `__run`, or undefined when it has no such form. */
function route(redirection: Redirection): Word[] | undefined {
  const { operator, target, fdVariable } = redirection;
  if (target.type !== 'Word' || fdVariable !== undefined) return undefined;
  const fd = redirection.fd ?? 1;
  if (fd !== 1 && fd !== 2) return undefined;
  switch (operator) {
    case '>':
    case '>|':
      return [literal(`${fd}>`), target];
    case '>>':
      return [literal(`${fd}>>`), target];
    case '&>':
      return [literal('1>'), target, literal('2>&1')];
    case '&>>':
      return [literal('1>>'), target, literal('2>&1')];
    case '>&': {
      const to = literalText(target);
      return to === '1' || to === '2' ? [literal(`${fd}>&${to}`)] : undefined;
    }
    default:
      return undefined;
  }
}

type AnyNode = Record<string, unknown> & { type: string };

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function literal(value: string): Word {
  return { type: 'Word', parts: [{ type: 'Literal', value }] };
}

/** A text as one word; the library writes what stands in single quotes as it is, so theirs are put in double ones. */
function quoted(text: string): Word {
  const parts = text
    .split(/(')/)
    .filter((piece) => piece !== '')
    .map((piece): Word['parts'][number] =>
      piece === "'"
        ? { type: 'DoubleQuoted', parts: [{ type: 'Literal', value: piece }] }
        : { type: 'SingleQuoted', value: piece },
    );
  return { type: 'Word', parts };
}

function simple(name: Word, args: Word[]): Simple {
  return { type: 'SimpleCommand', assignments: [], name, args, redirections: [] };
}

/** `{ trap - EXIT; COMMAND; exit $?; }`: the library's own `exec` goes on after the command. */
function thenExit(command: Command): Command {
  const status: Word = {
    type: 'Word',
    parts: [{ type: 'ParameterExpansion', parameter: '?', operation: null }],
  };
  const statement = (only: Command): Statement => ({
    type: 'Statement',
    operators: [],
    background: false,
    pipelines: [{ type: 'Pipeline', negated: false, commands: [only] }],
  });
  const forget = simple(literal('trap'), [literal('-'), literal('EXIT')]);
  const body = [forget, command, simple(literal('exit'), [status])].map(statement);
  return { type: 'Group', body, redirections: [] };
}

/** The command, when the statements are but one, as `bash -c` and `&` run it without a shell around it. */
function onlyCommand(statements: readonly Statement[]): Command | undefined {
  const [statement] = statements;
  const [pipeline] = statement?.pipelines ?? [];
  const alone =
    statements.length === 1 && statement?.pipelines.length === 1 && pipeline?.commands.length === 1;
  return alone && statement.background !== true && !pipeline.negated ? pipeline.commands[0] : undefined;
}

/** Lets a command that was rewritten already take the place of the shell that will run it. */
function standIn(command: Command): void {
  if (command.type !== 'SimpleCommand' || command.name === null || literalText(command.name) !== RUN) return;
  const [streams] = command.args;
  const text = streams === undefined ? '-' : (literalText(streams) ?? '-');
  command.args[0] = literal(`${text.replace(/[-x]/g, '')}x`);
}

/**
 * Under `set -u` the library takes `"${PORT:-8080}"`, alone in its quotes, for an unset variable; with an empty text
 * beside it, it does not. `$@` and `$*` are left alone, whose quotes can mean no word at all.
 */
function keepDefault(word: Word): void {
  const [only, ...others] = word.parts;
  if (others.length > 0 || only?.type !== 'DoubleQuoted' || only.parts.length !== 1) return;
  const [inner] = only.parts;
  if (inner?.type !== 'ParameterExpansion' || inner.operation === null) return;
  if (!/^[@*]$|\[[@*]\]$/.test(inner.parameter)) word.parts.push({ type: 'SingleQuoted', value: '' });
}

/** The text of a word without expansions, else undefined. */
function literalText(word: Word): string | undefined {
  let text = '';
  for (const part of word.parts) {
    if (part.type === 'Literal' || part.type === 'SingleQuoted' || part.type === 'Escaped')
      text += part.value;
    else if (part.type === 'DoubleQuoted') {
      const inner = literalText({ type: 'Word', parts: part.parts });
      if (inner === undefined) return undefined;
      text += inner;
    } else if (part.type === 'Glob' && part.pattern === '[') {
      text += part.pattern;
    } else return undefined;
  }
  return text;
}

/**
 * @param standIn - when the script is but one command, the command takes the shell's place.
 * @returns the script to run in place of `source`. @throws what the library throws on a syntax error.
 */
export function prepareScript(source: string, standIn = false): string {
  const serializer = new Bash();
  const preparer = new Preparer();
  let replaced: Script | undefined;
  serializer.registerTransformPlugin({
    name: 'replace',
    transform: ({ ast }) => ({ ast: replaced ?? ast }),
  } satisfies TransformPlugin);
  const serialize = (script: Script): string => {
    replaced = script;
    return serializer.transform(':').script;
  };
  const parser = new Bash();
  parser.registerTransformPlugin({
    name: 'prepare',
    transform: ({ ast }) => {
      preparer.prepare(ast, (statement) => serialize({ ...ast, statements: [statement] }), standIn);
      return { ast };
    },
  } satisfies TransformPlugin);
  return parser.transform(source).script;
}

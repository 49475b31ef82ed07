import type { AnyNode, ArrowFunctionExpression, Expression, Program, YieldExpression } from 'acorn';
import type { Edit } from './edits.ts';
import { added } from './source-text.ts';

/**
 * Names by which rewritten code reaches the runtime (see promises.ts) and keeps its context; not words that a program
 * would use.
 */
export const names = {
  now: '__nodeNow$',
  wait: '__nodeWait$',
  back: '__nodeBack$',
  enter: '__nodeEnter$',
  give: '__nodeGive$',
  keep: '__nodeKeep$',
  pass: '__nodePass$',
  context: '__nodeContext$',
} as const;

/** Parameters under which rewritten code expects the functions of the runtime, in this order. */
export const runtimeParameters = [
  names.now,
  names.wait,
  names.back,
  names.enter,
  names.give,
  names.keep,
  names.pass,
] as const;

/** The variable that a function with an `await` needs; a module's body declares it itself. */
export const contextDeclaration = `let ${names.context};`;

const asyncCode = /\basync\s*(?:function\b|[(*[#'"/\\]|[\w$\u0080-\uffff]+\s*(?:[(/\\]|=>))/;

/** Whether a text may hold asynchronous code: a check that may say yes in vain, never no. */
export function mayBeAsync(source: string): boolean {
  return asyncCode.test(source) || /\bawait\b/.test(source);
}

/** Operands whose value cannot be a thenable of somebody's own. */
const plainValues = new Set([
  'AwaitExpression',
  'Literal',
  'TemplateLiteral',
  'ObjectExpression',
  'ArrayExpression',
  'ArrowFunctionExpression',
  'FunctionExpression',
  'ClassExpression',
  'UnaryExpression',
  'BinaryExpression',
  'UpdateExpression',
]);

/** The function (or module) that code belongs to; undefined for one that is not asynchronous. */
interface Scope {
  readonly generator: boolean;
  awaits: boolean;
}

interface Mark extends Edit {
  /** Closing text stands before opening text, that of inner nodes before that of outer ones. */
  readonly closes: boolean;
  readonly order: number;
  /** Holds only if that function has an `await`. */
  readonly scope?: Scope;
}

interface Visit {
  readonly node: AnyNode;
  readonly scope: Scope | undefined;
  /** Where the labels of a loop begin. */
  readonly labelStart: number | undefined;
}

const { now, wait, back, enter, give, keep, pass, context } = names;

/**
 * The edits by which asynchronous functions keep their context: `await x` becomes
 * `back(await wait(x, context = now()), context)`, and what may follow a rejection begins with `enter(context)`. No
 * promise and no turn of the microtask queue is added, and no line moves.
 * @param topLevel Whether the program is a module, whose own `await` counts.
 */
export function asyncEdits(program: Program, source: string, topLevel: boolean): Edit[] {
  return new Rewriter(source).run(program, topLevel);
}

class Rewriter {
  readonly #source: string;
  readonly #marks: Mark[] = [];
  readonly #stack: Visit[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  run(program: Program, topLevel: boolean): Edit[] {
    const scope: Scope | undefined = topLevel ? { generator: false, awaits: false } : undefined;
    this.#stack.push({ node: program, scope, labelStart: undefined });
    for (let visit = this.#stack.pop(); visit !== undefined; visit = this.#stack.pop()) this.#visit(visit);
    return this.#marks
      .filter((mark) => mark.scope?.awaits ?? true)
      .sort(
        (a, b) =>
          a.start - b.start ||
          Number(b.closes) - Number(a.closes) ||
          (a.closes ? b.order - a.order : a.order - b.order),
      )
      .map(({ start, end, text }) => ({ start, end, text }));
  }

  #open(at: number, text: string, scope?: Scope): void {
    const order = this.#marks.length;
    this.#marks.push({
      start: at,
      end: at,
      text: added(text),
      closes: false,
      order,
      ...(scope && { scope }),
    });
  }

  #close(at: number, text: string, scope?: Scope): void {
    const order = this.#marks.length;
    this.#marks.push({ start: at, end: at, text: added(text), closes: true, order, ...(scope && { scope }) });
  }

  #visit({ node, scope, labelStart }: Visit): void {
    let inner = scope;
    let label: number | undefined;
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'FunctionExpression':
        inner = node.async ? { generator: node.generator, awaits: false } : undefined;
        if (inner !== undefined) this.#declare(node.body.start, node.body.body, inner);
        break;
      case 'ArrowFunctionExpression':
        inner = node.async ? { generator: false, awaits: false } : undefined;
        if (inner !== undefined) this.#arrow(node, inner);
        break;
      case 'PropertyDefinition':
      case 'StaticBlock':
        inner = undefined;
        break;
      case 'AwaitExpression':
        if (scope !== undefined) {
          scope.awaits = true;
          this.#open(node.start, `${back}(`);
          this.#open(node.start + 'await'.length, ` ${wait}(`);
          this.#close(node.end, `, ${context} = ${now}()), ${context})`);
        }
        break;
      case 'YieldExpression':
        if (scope?.generator === true) this.#yield(node, scope);
        break;
      case 'ReturnStatement':
        if (scope !== undefined && !scope.generator && mayBeThenable(node.argument)) {
          // Twice in parentheses: a sequence is one value, not several arguments.
          this.#open(node.start + 'return'.length, ` ${give}((`);
          this.#close(this.#source[node.end - 1] === ';' ? node.end - 1 : node.end, '))');
        }
        break;
      case 'TryStatement':
        if (scope !== undefined) {
          if (node.handler) this.#open(node.handler.body.start + 1, `${enter}(${context});`, scope);
          if (node.finalizer) this.#open(node.finalizer.start + 1, `${enter}(${context});`, scope);
        }
        break;
      case 'LabeledStatement':
        label = labelStart ?? node.start;
        break;
      case 'ForOfStatement':
        if (node.await && scope !== undefined) {
          scope.awaits = true;
          this.#open(labelStart ?? node.start, 'try{');
          this.#open(node.body.start, `{${enter}(${context});try{`);
          this.#close(node.end, `}finally{${enter}(${context})}`);
          this.#close(node.body.end, `}finally{${enter}(${context});${context} = ${keep}()}}`);
          this.#loopSource(node.left.end, node.right.end, node.body.start);
        }
        break;
      default:
        break;
    }
    this.#pushChildren(node, inner, label);
  }

  #pushChildren(node: AnyNode, scope: Scope | undefined, labelStart: number | undefined): void {
    const from = this.#stack.length;
    for (const value of Object.values(node) as unknown[]) {
      if (typeof value !== 'object' || value === null) continue;
      if (Array.isArray(value)) {
        for (const item of value as unknown[])
          if (isNode(item)) this.#stack.push({ node: item, scope, labelStart });
      } else if (isNode(value)) {
        this.#stack.push({ node: value, scope, labelStart });
      }
    }
    reverseFrom(this.#stack, from);
  }

  /** Declares the function's variable behind its directives. */
  #declare(bodyStart: number, statements: readonly AnyNode[], scope: Scope): void {
    let at = bodyStart + 1;
    let text: string = contextDeclaration;
    for (const statement of statements) {
      if (statement.type !== 'ExpressionStatement' || !('directive' in statement)) break;
      at = statement.end;
      text = `;${contextDeclaration}`;
    }
    this.#open(at, text, scope);
  }

  #arrow(node: ArrowFunctionExpression, scope: Scope): void {
    if (node.body.type === 'BlockStatement') {
      this.#declare(node.body.start, node.body.body, scope);
      return;
    }
    const lastParameter = node.params.at(-1);
    const from = lastParameter === undefined ? node.start + 'async'.length : lastParameter.end;
    const at = skipTo(this.#source, from, '=>') + 2;
    const thenable = mayBeThenable(node.body);
    this.#open(at, `{${contextDeclaration}return ${thenable ? '' : '('}`, scope);
    this.#close(node.end, thenable ? '}' : ')}', scope);
    if (!thenable) return;
    this.#open(at, `${give}(`);
    this.#close(node.end, ')');
  }

  /**
   * Code behind a `yield` runs in the context of who asks for the next value; but when the generator is ended there, a
   * microtask runs its `finally`, in the context that the generator had. So does what stands behind a `yield*`.
   */
  #yield({ start, end, delegate, argument }: YieldExpression, scope: Scope): void {
    scope.awaits = true;
    const keyword = start + 'yield'.length;
    this.#open(start, `${delegate ? back : pass}(`, scope);
    this.#close(end, delegate ? `, ${context})` : `, ${context} = void 0)`, scope);
    if (!argument) {
      this.#close(end, ` void (${context} = ${keep}())`, scope);
      return;
    }
    this.#open(delegate ? skipTo(this.#source, keyword, '*') + 1 : keyword, ` ${pass}(`, scope);
    this.#close(end, `, ${context} = ${keep}())`, scope);
  }

  /** A loop begins to wait in the context in which its operand was evaluated. */
  #loopSource(leftEnd: number, rightEnd: number, bodyStart: number): void {
    const at = skipTo(this.#source, leftEnd, 'of') + 'of'.length;
    let end = skipTo(this.#source, rightEnd, ')');
    for (let next = end; next < bodyStart; next = skipTo(this.#source, next + 1, ')')) end = next;
    this.#open(at, ` ${pass}(`);
    this.#close(end, `, ${context} = ${keep}())`);
  }
}

function isNode(value: unknown): value is AnyNode {
  return (
    typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
  );
}

function mayBeThenable(value: Expression | null | undefined): boolean {
  return value !== null && value !== undefined && !plainValues.has(value.type);
}

/** Offset of the next `text` at or behind `from` that stands outside comments; the end when there is none. */
function skipTo(source: string, from: number, text: string): number {
  let at = from;
  while (at < source.length && !source.startsWith(text, at)) {
    if (source.startsWith('//', at)) at = endOf(source, '\n', at);
    else if (source.startsWith('/*', at)) at = endOf(source, '*/', at + 2);
    else at++;
  }
  return at;
}

function endOf(source: string, mark: string, from: number): number {
  const at = source.indexOf(mark, from);
  return at < 0 ? source.length : at + mark.length;
}

function reverseFrom(list: unknown[], from: number): void {
  for (let low = from, high = list.length - 1; low < high; low++, high--) {
    const item = list[low];
    list[low] = list[high];
    list[high] = item;
  }
}

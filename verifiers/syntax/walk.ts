import type { Branch, Callable, Expression, Module, Parameter, Statement } from './types.ts';

/** What is told while a tree is walked; a handler that returns `false` keeps the walk out of what is inside. */
export interface Visitor {
  statement?(statement: Statement): unknown;
  expression?(expression: Expression): unknown;
  /** Which sides of an `if` or of a conditional expression are walked; both without it. */
  sides?(test: Expression): 'then' | 'otherwise' | 'both';
}

/** Walks everything in a module, outer things before inner ones and in the order of the text. */
export function walkModule(module: Module, visitor: Visitor): void {
  walk(module.body, visitor);
}

/** Walks statements and expressions with all that is inside. Needs no stack of calls, however deep the tree is. */
export function walk(nodes: readonly (Statement | Expression)[], visitor: Visitor): void {
  const queue: (Statement | Expression)[] = [...nodes].reverse();
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    const inside = isStatement(node) ? visitStatement(node, visitor) : visitExpression(node, visitor);
    for (let index = inside.length - 1; index >= 0; index--) {
      const child = inside[index];
      if (child !== undefined) queue.push(child);
    }
  }
}

function isStatement(node: Statement | Expression): node is Statement {
  switch (node.kind) {
    case 'import':
    case 'export':
    case 'assign':
    case 'declare':
    case 'return':
    case 'evaluate':
    case 'branch':
    case 'block':
      return true;
    default:
      return false;
  }
}

type Inside = readonly (Statement | Expression | undefined)[];

function visitStatement(statement: Statement, visitor: Visitor): Inside {
  if (visitor.statement?.(statement) === false) return [];
  switch (statement.kind) {
    case 'import':
    case 'export':
      return [];
    case 'assign':
      return [...statement.targets, statement.annotationValue, statement.value];
    case 'declare':
    case 'return':
    case 'evaluate':
      return [statement.value];
    case 'branch':
      return [statement.test, ...sidesOf(statement, visitor)];
    case 'block':
      return [
        ...statement.head,
        ...statement.binds.flatMap(({ target, value }) => [target, value]),
        ...statement.body,
      ];
  }
}

function sidesOf(branch: Branch, visitor: Visitor): Statement[] {
  const sides = visitor.sides?.(branch.test) ?? 'both';
  return [...(sides === 'otherwise' ? [] : branch.then), ...(sides === 'then' ? [] : branch.otherwise)];
}

function visitExpression(expression: Expression, visitor: Visitor): Inside {
  if (visitor.expression?.(expression) === false) return [];
  switch (expression.kind) {
    case 'text':
    case 'constant':
    case 'name':
      return [];
    case 'template':
      return expression.parts;
    case 'member':
      return [expression.object];
    case 'index':
      return [expression.object, expression.index];
    case 'call':
      return [expression.callee, ...expression.args.map((argument) => argument.value)];
    case 'operation':
      return expression.operands;
    case 'conditional': {
      const sides = visitor.sides?.(expression.test) ?? 'both';
      const { test, then, otherwise } = expression;
      return [test, sides === 'otherwise' ? undefined : then, sides === 'then' ? undefined : otherwise];
    }
    case 'dictionary':
      return expression.entries.flatMap(({ key, value }) => [key, value]);
    case 'list':
      return expression.items;
    case 'callable':
      return insideCallable(expression);
    case 'class': {
      const keywords = (expression.keywords ?? []).map((keyword) => keyword.value);
      return [...expression.decorators, ...expression.bases, ...keywords, ...expression.body];
    }
    case 'other':
      return expression.children;
  }
}

function insideCallable({ decorators, parameters, body }: Callable): Inside {
  return [...decorators, ...parameters.flatMap(insideParameter), ...body];
}

function insideParameter({ decorators, annotationValue, default: value, pattern }: Parameter): Inside {
  return [...decorators, pattern, annotationValue, value];
}

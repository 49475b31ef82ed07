import type { Expression, Module, Statement } from './types.ts';

/** What is told while a tree is walked; a handler that returns `false` keeps the walk out of what is inside. */
export interface Visitor {
  statement?(statement: Statement): unknown;
  expression?(expression: Expression): unknown;
  /** Which sides of an `if` or of a conditional expression are walked; both without it. */
  sides?(test: Expression): 'then' | 'otherwise' | 'both';
}

type Node = Statement | Expression;

/** A tree as a row: outer things before inner ones, in the order of the text. Walking it again and again is cheap. */
interface Row {
  readonly nodes: Node[];
  /** For each node, where what is inside it ends. */
  readonly ends: number[];
  /** For conditions, where their sides begin. */
  readonly sides: Map<number, { then: number; otherwise: number }>;
}

const rows = new WeakMap<Module, Row>();

/** Walks everything in a module, outer things before inner ones and in the order of the text. */
export function walkModule(module: Module, visitor: Visitor): void {
  let row = rows.get(module);
  if (row === undefined) {
    row = layOut(module.body);
    rows.set(module, row);
  }
  walkRow(row, 0, row.nodes.length, visitor);
}

/** Walks statements and expressions with all that is inside. Needs no stack of calls, however deep the tree is. */
export function walk(nodes: readonly Node[], visitor: Visitor): void {
  const row = layOut(nodes);
  walkRow(row, 0, row.nodes.length, visitor);
}

/** Calls itself only for decided conditions inside each other. */
function walkRow(row: Row, from: number, to: number, visitor: Visitor): void {
  for (let i = from; i < to;) {
    const node = row.nodes[i];
    if (node === undefined) return;
    const end = row.ends[i] ?? to;
    const enters = isStatement(node) ? visitor.statement?.(node) : visitor.expression?.(node);
    const side = enters === false ? undefined : takenSide(node, visitor);
    if (enters === false) i = end;
    else if (side === undefined) i++;
    else {
      const { then, otherwise } = row.sides.get(i) ?? { then: end, otherwise: end };
      walkRow(row, i + 1, then, visitor);
      if (side === 'then') walkRow(row, then, otherwise, visitor);
      else walkRow(row, otherwise, end, visitor);
      i = end;
    }
  }
}

/** Undefined when there are no sides, or both are walked. */
function takenSide(node: Node, visitor: Visitor): 'then' | 'otherwise' | undefined {
  if (visitor.sides === undefined || (node.kind !== 'branch' && node.kind !== 'conditional'))
    return undefined;
  const side = visitor.sides(node.test);
  return side === 'both' ? undefined : side;
}

/** What is still to be laid out: a node, or a note that a part of the node at an index is reached. */
type Pending = Node | { kind: 'reached'; part: 'then' | 'otherwise' | 'end'; index: number };

function layOut(body: readonly Node[]): Row {
  const row: Row = { nodes: [], ends: [], sides: new Map() };
  const stack: Pending[] = [];
  pushAll(stack, body);
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.kind === 'reached') {
      const { part, index } = next;
      if (part === 'end') row.ends[index] = row.nodes.length;
      else {
        const sides = row.sides.get(index) ?? { then: 0, otherwise: 0 };
        sides[part] = row.nodes.length;
        row.sides.set(index, sides);
      }
      continue;
    }
    const index = row.nodes.length;
    row.nodes.push(next);
    row.ends.push(index + 1);
    const before = stack.length;
    stack.push({ kind: 'reached', part: 'end', index });
    pushInside(stack, next, index);
    if (stack.length === before + 1) stack.pop();
  }
  return row;
}

/** Puts what is inside a node on the stack, the last first. */
function pushInside(stack: Pending[], node: Node, index: number): void {
  switch (node.kind) {
    case 'import':
    case 'export':
    case 'text':
    case 'constant':
    case 'name':
      return;
    case 'assign':
      if (node.value !== undefined) stack.push(node.value);
      if (node.annotationValue !== undefined) stack.push(node.annotationValue);
      return pushAll(stack, node.targets);
    case 'declare':
      stack.push(node.value);
      return;
    case 'return':
    case 'evaluate':
      if (node.value !== undefined) stack.push(node.value);
      return;
    case 'branch':
      pushAll(stack, node.otherwise);
      stack.push({ kind: 'reached', part: 'otherwise', index });
      pushAll(stack, node.then);
      stack.push({ kind: 'reached', part: 'then', index }, node.test);
      return;
    case 'block':
      pushAll(stack, node.body);
      for (let i = node.binds.length - 1; i >= 0; i--) {
        const bind = node.binds[i];
        if (bind?.value !== undefined) stack.push(bind.value);
        if (bind !== undefined) stack.push(bind.target);
      }
      return pushAll(stack, node.head);
    case 'template':
      return pushAll(stack, node.parts);
    case 'member':
      stack.push(node.object);
      return;
    case 'index':
      stack.push(node.index, node.object);
      return;
    case 'call':
      pushValues(stack, node.args);
      stack.push(node.callee);
      return;
    case 'operation':
      return pushAll(stack, node.operands);
    case 'conditional':
      stack.push(node.otherwise, { kind: 'reached', part: 'otherwise', index }, node.then);
      stack.push({ kind: 'reached', part: 'then', index }, node.test);
      return;
    case 'dictionary':
      for (let i = node.entries.length - 1; i >= 0; i--) {
        const entry = node.entries[i];
        if (entry !== undefined) stack.push(entry.value);
        if (entry?.key !== undefined) stack.push(entry.key);
      }
      return;
    case 'list':
      return pushAll(stack, node.items);
    case 'callable':
      pushAll(stack, node.body);
      for (let i = node.parameters.length - 1; i >= 0; i--) {
        const parameter = node.parameters[i];
        if (parameter?.default !== undefined) stack.push(parameter.default);
        if (parameter?.annotationValue !== undefined) stack.push(parameter.annotationValue);
        if (parameter?.pattern !== undefined) stack.push(parameter.pattern);
        if (parameter !== undefined) pushAll(stack, parameter.decorators);
      }
      return pushAll(stack, node.decorators);
    case 'class':
      pushAll(stack, node.body);
      if (node.keywords !== undefined) pushValues(stack, node.keywords);
      pushAll(stack, node.bases);
      return pushAll(stack, node.decorators);
    case 'other':
      return pushAll(stack, node.children);
  }
}

function pushAll(stack: Pending[], nodes: readonly Node[]): void {
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i];
    if (node !== undefined) stack.push(node);
  }
}

function pushValues(stack: Pending[], all: readonly { value: Expression }[]): void {
  for (let i = all.length - 1; i >= 0; i--) {
    const each = all[i];
    if (each !== undefined) stack.push(each.value);
  }
}

function isStatement(node: Node): node is Statement {
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

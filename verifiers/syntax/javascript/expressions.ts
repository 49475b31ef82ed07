import type * as t from '@babel/types';
import type { Argument, Dictionary, Expression, Operation, Other } from '../types.ts';
import { keyName, startOf, unwrap, type Context } from './context.ts';
import { readAssignedExport, readExportingCall } from './exports.ts';
import { lowerClass, lowerFunction } from './functions.ts';
import { recordBoundLoad, recordLoad } from './imports.ts';
import { lowerKey, lowerTarget } from './patterns.ts';

/** Lowers an expression; imports and exports inside it are recorded. */
export function lowerExpression(wrapped: t.Node, context: Context): Expression {
  const node = unwrap(wrapped);
  const at = startOf(node);
  switch (node.type) {
    case 'Identifier':
      return node.name === 'undefined' ? { kind: 'constant', value: null, at } : name(node.name, at);
    case 'ThisExpression':
      return name('this', at);
    case 'Super':
      return name('super', at);
    case 'StringLiteral':
    case 'DirectiveLiteral':
      return { kind: 'text', value: node.value, at };
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return { kind: 'constant', value: node.value, at };
    case 'BigIntLiteral':
      return { kind: 'constant', value: Number(node.value), at };
    case 'NullLiteral':
      return { kind: 'constant', value: null, at };
    case 'TemplateLiteral':
      return lowerTemplate(node, context);
    case 'TaggedTemplateExpression': {
      const args = [{ spread: false, value: lowerTemplate(node.quasi, context) }];
      return { kind: 'call', callee: context.expression(node.tag), args, construct: false, at };
    }
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return lowerMember(node, context);
    case 'CallExpression':
    case 'OptionalCallExpression':
    case 'NewExpression':
    case 'ImportExpression':
      return lowerCall(node, context);
    case 'UnaryExpression':
      return {
        kind: 'operation',
        operator: node.operator,
        operands: [context.expression(node.argument)],
        at,
      };
    case 'UpdateExpression':
      return other('assign', [node.argument], node, context);
    case 'BinaryExpression':
    case 'LogicalExpression':
      return lowerOperation(node, context);
    case 'ConditionalExpression':
      return {
        kind: 'conditional',
        test: context.expression(node.test),
        then: context.expression(node.consequent),
        otherwise: context.expression(node.alternate),
        at,
      };
    case 'ObjectExpression':
      return { kind: 'dictionary', entries: node.properties.map((one) => lowerEntry(one, context)), at };
    case 'ArrayExpression':
      return { kind: 'list', items: node.elements.map((item) => lowerItem(item, at, context)), at };
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionDeclaration':
      return lowerFunction(node, context);
    case 'ClassExpression':
    case 'ClassDeclaration':
      return lowerClass(node, context);
    case 'AssignmentExpression':
      return lowerAssignment(node, context);
    case 'AwaitExpression':
      return other('await', [node.argument], node, context);
    case 'YieldExpression':
      return other('yield', [node.argument], node, context);
    case 'SpreadElement':
      return other('spread', [node.argument], node, context);
    case 'ArrayPattern':
    case 'ObjectPattern':
    case 'AssignmentPattern':
    case 'RestElement':
      return lowerTarget(node, context);
    default:
      return other('', otherChildren(node), node, context);
  }
}

/** Expressions inside nodes that have no form of their own in the shared tree. */
function otherChildren(node: t.Node): (t.Node | null | undefined)[] {
  switch (node.type) {
    case 'SequenceExpression':
      return node.expressions;
    case 'JSXElement':
      return [node.openingElement, ...node.children];
    case 'JSXFragment':
      return node.children;
    case 'JSXOpeningElement':
      return [node.name, ...node.attributes];
    case 'JSXAttribute':
      return [node.value];
    case 'JSXSpreadAttribute':
      return [node.argument];
    case 'JSXExpressionContainer':
    case 'JSXSpreadChild':
      return node.expression.type === 'JSXEmptyExpression' ? [] : [node.expression];
    default:
      return [];
  }
}

function name(value: string, at: number): Expression {
  return { kind: 'name', name: value, at };
}

function other(
  what: string,
  children: readonly (t.Node | null | undefined)[],
  node: t.Node,
  context: Context,
): Other {
  return { kind: 'other', what, children: context.expressions(children), at: startOf(node) };
}

function lowerTemplate(node: t.TemplateLiteral, context: Context): Expression {
  const at = startOf(node);
  const [only] = node.quasis;
  if (node.quasis.length === 1 && only !== undefined)
    return { kind: 'text', value: only.value.cooked ?? only.value.raw, at };
  const parts = node.quasis.flatMap((quasi, index): Expression[] => {
    const value = quasi.value.cooked ?? quasi.value.raw;
    const fixed: Expression[] = value === '' ? [] : [{ kind: 'text', value, at: startOf(quasi) }];
    const after = node.expressions[index];
    return after ? [...fixed, context.expression(after)] : fixed;
  });
  return { kind: 'template', parts, at };
}

function lowerMember(node: t.MemberExpression | t.OptionalMemberExpression, context: Context): Expression {
  recordLoad(node, context);
  const at = startOf(node);
  const object = context.expression(node.object);
  const known = keyName(node.property, node.computed);
  if (known !== undefined) return { kind: 'member', object, name: known, at };
  return { kind: 'index', object, index: context.expression(node.property), at };
}

type CallNode = t.CallExpression | t.OptionalCallExpression | t.NewExpression | t.ImportExpression;

function lowerCall(node: CallNode, context: Context): Expression {
  const at = startOf(node);
  recordLoad(node, context);
  if (node.type === 'ImportExpression') {
    const args = [{ spread: false, value: context.expression(node.source) }];
    return { kind: 'call', callee: name('import', at), args, construct: false, at };
  }
  if (node.type === 'CallExpression') context.later.push(() => readExportingCall(node, context));
  const callee = node.callee.type === 'Import' ? name('import', at) : context.expression(node.callee);
  const args = node.arguments.map((argument): Argument => {
    if (argument.type !== 'SpreadElement') return { spread: false, value: context.expression(argument) };
    return { spread: true, value: context.expression(argument.argument) };
  });
  return { kind: 'call', callee, args, construct: node.type === 'NewExpression', at };
}

const chained = new Set(['+', '||', '&&', '??']);

/** Long sums and alternatives nest to the left, thousands deep in generated code: they become one operation. */
function lowerOperation(node: t.BinaryExpression | t.LogicalExpression, context: Context): Operation {
  const { operator } = node;
  const operands: t.Node[] = [node.right];
  let left: t.Node = unwrap(node.left);
  while (
    chained.has(operator) &&
    (left.type === 'BinaryExpression' || left.type === 'LogicalExpression') &&
    left.operator === operator
  ) {
    operands.push(left.right);
    left = unwrap(left.left);
  }
  operands.push(left);
  return {
    kind: 'operation',
    operator,
    operands: context.expressions(operands.reverse()),
    at: startOf(node),
  };
}

function lowerEntry(
  property: t.ObjectExpression['properties'][number],
  context: Context,
): Dictionary['entries'][number] {
  const at = startOf(property);
  if (property.type === 'SpreadElement')
    return { key: undefined, value: context.expression(property.argument), at };
  const key = lowerKey(property.key, property.computed, context);
  if (property.type === 'ObjectMethod')
    return { key, value: lowerFunction(property, context, key.kind === 'text' ? key.value : ''), at };
  return { key, value: context.expression(property.value), at };
}

function lowerItem(item: t.Node | null, at: number, context: Context): Expression {
  return item ? context.expression(item) : { kind: 'other', what: '', children: [], at };
}

/** An assignment inside another expression. */
function lowerAssignment(node: t.AssignmentExpression, context: Context): Expression {
  recordBoundLoad(node.left, node.right, context);
  context.later.push(() => readAssignedExport(node.left, node.right, context));
  return {
    kind: 'other',
    what: 'assign',
    children: [lowerTarget(node.left, context), context.expression(node.right)],
    at: startOf(node),
  };
}

import type * as t from '@babel/types';
import type { Assign, Block, Expression, Statement } from '../types.ts';
import { keyName, startOf, unwrap, type Context } from './context.ts';
import { readAssignedExport } from './exports.ts';
import { lowerClass, lowerFunction } from './functions.ts';
import { noteCreateRequire, readImportDeclaration, readImportEquals, recordBoundLoad } from './imports.ts';
import { lowerModuleStatement } from './module-statements.ts';
import { lowerTarget } from './patterns.ts';

/** Lowers statements in their order; types, which leave nothing behind, are dropped. */
export function lowerStatements(nodes: readonly t.Node[], context: Context): Statement[] {
  return nodes.flatMap((node) => lowerStatement(node, context));
}

function lowerStatement(node: t.Node, context: Context): Statement[] {
  const at = startOf(node);
  switch (node.type) {
    case 'ExpressionStatement':
      return lowerExpressionStatement(node.expression, context);
    case 'VariableDeclaration':
      if (node.declare) return [];
      return node.declarations.flatMap((declarator) => lowerDeclarator(declarator, context));
    case 'FunctionDeclaration':
      return [{ kind: 'declare', value: lowerFunction(node, context), at }];
    case 'ClassDeclaration':
      return node.declare ? [] : [{ kind: 'declare', value: lowerClass(node, context), at }];
    case 'ReturnStatement':
      return [{ kind: 'return', value: node.argument ? context.expression(node.argument) : undefined, at }];
    case 'ThrowStatement':
      return [evaluate({ kind: 'other', what: '', children: [context.expression(node.argument)], at })];
    case 'IfStatement':
      return [
        {
          kind: 'branch',
          test: context.expression(node.test),
          then: inside(node.consequent, context),
          otherwise: inside(node.alternate, context),
          at,
        },
      ];
    case 'BlockStatement':
    case 'StaticBlock':
      return [block('other', [], context.statements(node.body), at)];
    case 'LabeledStatement':
      return context.statements([node.body]);
    case 'WithStatement':
      return [block('with', context.expressions([node.object]), inside(node.body, context), at)];
    case 'ImportDeclaration':
      return readImportDeclaration(node, context).map((one) => ({ kind: 'import', import: one, at }));
    case 'TSImportEqualsDeclaration': {
      const one = readImportEquals(node, context);
      if (node.isExport) context.exports.push({ exported: node.id.name, local: node.id.name, at });
      return one === undefined ? [] : [{ kind: 'import', import: one, at }];
    }
    case 'TSEnumDeclaration':
      return node.declare ? [] : [lowerEnum(node, context)];
    case 'TSModuleDeclaration':
      return lowerNamespace(node, context);
    default:
      return lowerLoop(node, context) ?? lowerModuleStatement(node, context);
  }
}

/** Loops, `try` and `switch`; undefined for anything else. */
function lowerLoop(node: t.Node, context: Context): Statement[] | undefined {
  const at = startOf(node);
  switch (node.type) {
    case 'ForStatement': {
      const before = node.init ? asStatements(node.init, context) : [];
      const head = context.expressions([node.test, node.update]);
      return [...before, block('for', head, inside(node.body, context), at)];
    }
    case 'ForInStatement':
    case 'ForOfStatement': {
      const [declarator] = node.left.type === 'VariableDeclaration' ? node.left.declarations : [];
      const bound = node.left.type === 'VariableDeclaration' ? declarator?.id : node.left;
      const value = context.expression(node.right);
      const target = bound ? [{ target: lowerTarget(bound, context), value }] : [];
      return [{ ...block('for', [value], inside(node.body, context), at), binds: target }];
    }
    case 'WhileStatement':
    case 'DoWhileStatement':
      return [block('while', context.expressions([node.test]), inside(node.body, context), at)];
    case 'TryStatement': {
      const parts = [node.block, node.handler?.body, node.finalizer];
      const body = parts.flatMap((part) => (part ? context.statements(part.body) : []));
      const caught = node.handler?.param;
      const binds = caught ? [{ target: lowerTarget(caught, context), value: undefined }] : [];
      return [{ ...block('try', [], body, at), binds }];
    }
    case 'SwitchStatement': {
      const head = context.expressions([node.discriminant, ...node.cases.map((one) => one.test)]);
      return [
        block(
          'switch',
          head,
          node.cases.flatMap((one) => context.statements(one.consequent)),
          at,
        ),
      ];
    }
    default:
      return undefined;
  }
}

/** The statements of a body, with or without braces. */
function inside(node: t.Node | null | undefined, context: Context): Statement[] {
  if (!node) return [];
  return context.statements(node.type === 'BlockStatement' ? node.body : [node]);
}

function asStatements(node: t.Node, context: Context): Statement[] {
  return node.type === 'VariableDeclaration'
    ? context.statements([node])
    : lowerExpressionStatement(node, context);
}

function block(what: Block['what'], head: Expression[], body: Statement[], at: number): Block {
  return { kind: 'block', what, head, binds: [], body, at };
}

function evaluate(value: Expression): Statement {
  return { kind: 'evaluate', value, at: value.at };
}

function lowerExpressionStatement(wrapped: t.Node, context: Context): Statement[] {
  const node = unwrap(wrapped);
  if (node.type === 'SequenceExpression')
    return node.expressions.flatMap((one) => lowerExpressionStatement(one, context));
  if (node.type !== 'AssignmentExpression') return [evaluate(context.expression(node))];
  return [assign([node.left], node.right, node.operator, '', startOf(node), context)];
}

function lowerDeclarator(node: t.VariableDeclarator, context: Context): Statement[] {
  const at = startOf(node);
  const annotation = 'typeAnnotation' in node.id ? context.annotation(node.id.typeAnnotation) : '';
  if (!node.init) {
    const targets = [lowerTarget(node.id, context)];
    return [{ kind: 'assign', targets, value: undefined, annotation, operator: '=', at }];
  }
  const init = unwrap(node.init);
  if (node.id.type === 'Identifier' && !context.constants.has(node.id.name))
    context.constants.set(node.id.name, init);
  noteCreateRequire(node.id, init, context);
  return [assign([node.id], init, '=', annotation, at, context)];
}

/** An assignment; of `a = b = value` the targets are gathered. */
function assign(
  first: readonly t.Node[],
  last: t.Node,
  operator: string,
  annotation: string,
  at: number,
  context: Context,
): Assign {
  const targets = [...first];
  let value = unwrap(last);
  while (operator === '=' && value.type === 'AssignmentExpression' && value.operator === '=') {
    targets.push(value.left);
    value = unwrap(value.right);
  }
  for (const target of targets) {
    recordBoundLoad(target, value, context);
    noteProperty(target, value, context);
    context.later.push(() => readAssignedExport(target, value, context));
  }
  return {
    kind: 'assign',
    targets: targets.map((target) => lowerTarget(target, context)),
    value: context.expression(value),
    annotation,
    operator,
    at,
  };
}

/** Remembers `db.User = value`. */
function noteProperty(target: t.Node, value: t.Node, context: Context): void {
  if (target.type !== 'MemberExpression' || target.object.type !== 'Identifier' || context.functions > 0)
    return;
  const property = keyName(target.property, target.computed);
  if (property === undefined) return;
  const { name } = target.object;
  const known = context.properties.get(name);
  if (known === undefined) context.properties.set(name, [[property, value]]);
  else known.push([property, value]);
}

function lowerEnum(node: t.TSEnumDeclaration, context: Context): Assign {
  const at = startOf(node);
  const entries = (node.members ?? []).map((member) => {
    const key = member.id.type === 'Identifier' ? member.id.name : member.id.value;
    const value: Expression = member.initializer
      ? context.expression(member.initializer)
      : { kind: 'other', what: '', children: [], at: startOf(member) };
    return { key: { kind: 'text' as const, value: key, at: startOf(member) }, value, at: startOf(member) };
  });
  const target: Expression = { kind: 'name', name: node.id.name, at: startOf(node.id) };
  return {
    kind: 'assign',
    targets: [target],
    value: { kind: 'dictionary', entries, at },
    annotation: '',
    operator: '=',
    at,
  };
}

/** `namespace X { … }` binds X and runs what is inside; one that is only declared does neither. */
function lowerNamespace(node: t.TSModuleDeclaration, context: Context): Statement[] {
  const { body: inner } = node;
  if (node.declare || node.id.type !== 'Identifier' || inner?.type !== 'TSModuleBlock') return [];
  const at = startOf(node);
  const target: Expression = { kind: 'name', name: node.id.name, at: startOf(node.id) };
  const body = inner.body.flatMap((one) =>
    one.type === 'ExportNamedDeclaration' && one.declaration
      ? context.statements([one.declaration])
      : context.statements([one]),
  );
  return [{ ...block('other', [], body, at), binds: [{ target, value: undefined }] }];
}

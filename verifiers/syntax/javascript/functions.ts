import type * as t from '@babel/types';
import type { Callable, Class, Expression, Parameter, Statement } from '../types.ts';
import { keyName, startOf, type Context } from './context.ts';
import { lowerTarget } from './patterns.ts';

type FunctionNode =
  | t.FunctionDeclaration
  | t.FunctionExpression
  | t.ArrowFunctionExpression
  | t.ObjectMethod
  | t.ClassMethod
  | t.ClassPrivateMethod;

/** @param name overrides the function's own: that of a method's key */
export function lowerFunction(node: FunctionNode, context: Context, name?: string): Callable {
  const at = startOf(node);
  const own = 'id' in node ? (node.id?.name ?? '') : '';
  const decorators = 'decorators' in node ? lowerDecorators(node.decorators, context) : [];
  const parameters = node.params.map((parameter) => lowerParameter(parameter, context));
  context.functions++;
  const body: Statement[] =
    node.body.type === 'BlockStatement'
      ? context.statements(node.body.body)
      : [{ kind: 'return', value: context.expression(node.body), at: startOf(node.body) }];
  context.functions--;
  return {
    kind: 'callable',
    name: name ?? own,
    parameters,
    body,
    decorators,
    async: node.async ?? false,
    at,
  };
}

/** A class; of TypeScript's parameter properties it has the fields. */
export function lowerClass(node: t.ClassDeclaration | t.ClassExpression, context: Context): Class {
  return {
    kind: 'class',
    name: node.id?.name ?? '',
    bases: context.expressions([node.superClass]),
    body: node.body.body.flatMap((member) => lowerClassMember(member, context)),
    decorators: lowerDecorators(node.decorators, context),
    at: startOf(node),
  };
}

export function lowerDecorators(
  decorators: readonly t.Decorator[] | null | undefined,
  context: Context,
): Expression[] {
  return context.expressions((decorators ?? []).map((decorator) => decorator.expression));
}

function lowerClassMember(member: t.ClassBody['body'][number], context: Context): Statement[] {
  const at = startOf(member);
  switch (member.type) {
    case 'ClassMethod':
    case 'ClassPrivateMethod': {
      const name = keyName(member.key, member.type === 'ClassMethod' && member.computed) ?? '';
      const fields = member.params.flatMap((parameter) => parameterField(parameter, context));
      return [...fields, { kind: 'declare', value: lowerFunction(member, context, name), at }];
    }
    case 'ClassProperty':
    case 'ClassPrivateProperty':
    case 'ClassAccessorProperty': {
      const name = keyName(member.key, 'computed' in member && member.computed === true) ?? '';
      context.functions++;
      const value = member.value ? context.expression(member.value) : undefined;
      const decorators = lowerDecorators(member.decorators, context);
      context.functions--;
      return [
        ...decorators.map((decorator): Statement => ({
          kind: 'evaluate',
          value: decorator,
          at: decorator.at,
        })),
        {
          kind: 'assign',
          targets: [{ kind: 'name', name, at: startOf(member.key) }],
          value,
          annotation: context.annotation(member.typeAnnotation),
          operator: '=',
          at,
        },
      ];
    }
    case 'StaticBlock':
      return [
        { kind: 'block', what: 'other', head: [], binds: [], body: context.statements(member.body), at },
      ];
    default:
      return [];
  }
}

/** `constructor(private readonly users: Users)` declares a field and sets it. */
function parameterField(parameter: t.Node, context: Context): Statement[] {
  if (parameter.type !== 'TSParameterProperty') return [];
  const { name, annotation } = lowerParameter(parameter, context);
  const at = startOf(parameter);
  return [
    {
      kind: 'assign',
      targets: [{ kind: 'name', name, at }],
      value: undefined,
      annotation,
      operator: '=',
      at,
    },
  ];
}

function lowerParameter(node: t.Node, context: Context): Parameter {
  if (node.type === 'TSParameterProperty') {
    const inner = lowerParameter(node.parameter, context);
    return { ...inner, decorators: lowerDecorators(node.decorators, context) };
  }
  if (node.type === 'AssignmentPattern') {
    const inner = lowerParameter(node.left, context);
    return {
      ...inner,
      default: context.expression(node.right),
      decorators: [...inner.decorators, ...lowerDecorators(node.decorators, context)],
    };
  }
  const decorators = 'decorators' in node ? lowerDecorators(node.decorators, context) : [];
  const annotation = context.annotation('typeAnnotation' in node ? node.typeAnnotation : undefined);
  if (node.type === 'Identifier') return { name: node.name, annotation, decorators };
  return { name: '', pattern: lowerTarget(node, context), annotation, decorators };
}

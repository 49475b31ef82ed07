import type * as t from '@babel/types';
import type { Dictionary, Expression } from '../types.ts';
import { keyName, startOf, unwrap, type Context } from './context.ts';

/**
 * What is assigned to. A pattern is a list or a dictionary of targets; a target with a default is an `other` that says
 * `assign` around both, a rest one that says `spread`.
 */
export function lowerTarget(wrapped: t.Node, context: Context): Expression {
  const node = unwrap(wrapped);
  const at = startOf(node);
  switch (node.type) {
    case 'Identifier':
      return { kind: 'name', name: node.name, at };
    case 'ArrayPattern':
      return { kind: 'list', items: node.elements.map((item) => lowerElement(item, at, context)), at };
    case 'ObjectPattern':
      return { kind: 'dictionary', entries: node.properties.map((one) => lowerProperty(one, context)), at };
    case 'AssignmentPattern':
      return {
        kind: 'other',
        what: 'assign',
        children: [lowerNested(node.left, context), context.expression(node.right)],
        at,
      };
    case 'RestElement':
      return { kind: 'other', what: 'spread', children: [lowerNested(node.argument, context)], at };
    default:
      return context.expression(node);
  }
}

/** Goes through the context, which keeps count of the depth. */
function lowerNested(node: t.Node, context: Context): Expression {
  return context.expression(node);
}

function lowerElement(item: t.Node | null, at: number, context: Context): Expression {
  return item ? lowerNested(item, context) : { kind: 'other', what: '', children: [], at };
}

function lowerProperty(
  property: t.ObjectPattern['properties'][number],
  context: Context,
): Dictionary['entries'][number] {
  const at = startOf(property);
  if (property.type === 'RestElement')
    return { key: undefined, value: lowerNested(property.argument, context), at };
  return {
    key: lowerKey(property.key, property.computed, context),
    value: lowerNested(property.value, context),
    at,
  };
}

/** A key as text, or the expression that computes it. */
export function lowerKey(key: t.Node, computed: boolean, context: Context): Expression {
  const name = keyName(key, computed);
  return name === undefined ? context.expression(key) : { kind: 'text', value: name, at: startOf(key) };
}

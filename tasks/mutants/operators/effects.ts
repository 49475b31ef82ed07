import { functionOf, methodOf, textOf } from '../syntax.ts';
import { replace, takeOut, type Operator } from './operator.ts';

/** Without these no request would be answered, or no route be there. */
const passing = /^(res|next|router|api|app|console|super|take|answer|answerList)\b/;

const dropStatement: Operator = {
  id: 'drop-statement',
  does: 'leaves out one step of an operation',
  changes(place) {
    const { node, file } = place;
    if (node.type !== 'ExpressionStatement' || file.endsWith('/app.js')) return [];
    return passing.test(textOf(place, node)) ? [] : [replace(node, ';')];
  },
};

const opposites: Readonly<Record<string, string>> = { add: 'delete', delete: 'add', push: 'unshift' };

const swapMethod: Operator = {
  id: 'swap-method',
  does: 'adds where it should take away, the other way round, or at the wrong end',
  changes({ node, parents: [parent] }) {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return [];
    if (parent?.type !== 'ExpressionStatement' || node.arguments.length !== 1) return [];
    const { property, object } = node.callee;
    if (property.type !== 'Identifier' || object.type !== 'MemberExpression') return [];
    if (object.property.type === 'PrivateIdentifier') return [];
    const other = Object.hasOwn(opposites, property.name) ? opposites[property.name] : undefined;
    return other === undefined ? [] : [replace(property, other)];
  },
};

const dropAwait: Operator = {
  id: 'drop-await',
  does: 'does not wait for a promise',
  changes(place) {
    const { node } = place;
    return node.type === 'AwaitExpression' ? [replace(node, textOf(place, node.argument))] : [];
  },
};

const dropped = new Set(['filter', 'sort', 'slice', 'map', 'trim', 'toLowerCase', 'normalize', 'replace']);

const dropCall: Operator = {
  id: 'drop-call',
  does: 'leaves a filter, sort, slice or other link out of a chain',
  changes(place) {
    const { node } = place;
    if (!dropped.has(methodOf(node) ?? '')) return [];
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return [];
    return [replace(node, textOf(place, node.callee.object))];
  },
};

const dropUnique: Operator = {
  id: 'drop-unique',
  does: 'keeps what is there twice',
  changes(place) {
    const { node, parents } = place;
    if (functionOf(node) !== 'Set' || node.type !== 'NewExpression') return [];
    const [values] = node.arguments;
    return values && parents[0]?.type === 'SpreadElement' ? [replace(node, textOf(place, values))] : [];
  },
};

const dropDefault: Operator = {
  id: 'drop-default',
  does: 'has no value for what was not given',
  changes(place) {
    const { node } = place;
    return node.type === 'AssignmentPattern' ? [replace(node, textOf(place, node.left))] : [];
  },
};

const dropElement: Operator = {
  id: 'drop-element',
  does: 'forgets a field in a list of fields',
  changes({ node, parents }) {
    if (node.type !== 'ArrayExpression') return [];
    const isFields =
      parents[0]?.type === 'ForOfStatement' || parents.some((parent) => functionOf(parent) === 'readBody');
    return isFields ? node.elements.flatMap((_, index) => takeOut(node.elements, index)) : [];
  },
};

export const effectOperators: readonly Operator[] = [
  dropStatement,
  swapMethod,
  dropAwait,
  dropCall,
  dropUnique,
  dropDefault,
  dropElement,
];

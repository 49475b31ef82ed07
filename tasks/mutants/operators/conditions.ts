import { methodOf, textOf } from '../syntax.ts';
import { replace, takeOut, type Operator } from './operator.ts';

const dropGuard: Operator = {
  id: 'drop-guard',
  does: 'takes a check of who is calling from a route',
  changes({ node }) {
    const method = methodOf(node);
    if (node.type !== 'CallExpression' || !/^(get|post|put|delete|use)$/.test(method ?? '')) return [];
    return node.arguments.flatMap((argument, index) =>
      argument.type === 'Identifier' && argument.name.startsWith('require')
        ? takeOut(node.arguments, index)
        : [],
    );
  },
};

const dropThrow: Operator = {
  id: 'drop-throw',
  does: 'lets pass what has to be refused',
  changes({ node, parents: [parent] }) {
    return node.type === 'ThrowStatement' && parent?.type === 'IfStatement' ? [replace(node, ';')] : [];
  },
};

const negate: Operator = {
  id: 'negate',
  does: 'turns a condition round',
  changes(place) {
    const { node } = place;
    if (node.type !== 'IfStatement' && node.type !== 'ConditionalExpression') return [];
    return [replace(node.test, `!(${textOf(place, node.test)})`)];
  },
};

const comparisons: Readonly<Record<string, string>> = {
  '>=': '>',
  '>': '>=',
  '<=': '<',
  '<': '<=',
  '===': '!==',
  '!==': '===',
  '+': '-',
};

const comparison: Operator = {
  id: 'comparison',
  does: 'moves a boundary, swaps equal and unequal, turns a difference round',
  changes(place) {
    const { node, parents } = place;
    if (node.type !== 'BinaryExpression') return [];
    const left = textOf(place, node.left);
    const right = textOf(place, node.right);
    if (node.operator === '-') return [replace(node, `${right} - ${left}`)];
    const [parent] = parents;
    // The whole condition is turned round by `negate`.
    const whole =
      (parent?.type === 'IfStatement' || parent?.type === 'ConditionalExpression') && parent.test === node;
    if (whole && /^[!=]==$/.test(node.operator)) return [];
    const other = comparisons[node.operator];
    return other === undefined ? [] : [replace(node, `${left} ${other} ${right}`)];
  },
};

const logical: Operator = {
  id: 'logical',
  does: 'swaps and with or, leaves one side out',
  changes(place) {
    const { node } = place;
    if (node.type !== 'LogicalExpression') return [];
    const left = textOf(place, node.left);
    const right = textOf(place, node.right);
    if (node.operator === '??') return [replace(node, left)];
    const swapped = node.operator === '&&' ? '||' : '&&';
    // Sides of a longer chain of the same kind are left out where they stand.
    const alone = node.left.type !== 'LogicalExpression' || node.left.operator !== node.operator;
    return [
      replace(node, `(${left}) ${swapped} ${right}`),
      replace(node, left),
      ...(alone ? [replace(node, right)] : []),
    ];
  },
};

export const conditionOperators: readonly Operator[] = [dropGuard, dropThrow, negate, comparison, logical];

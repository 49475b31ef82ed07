import { functionOf, methodOf } from '../syntax.ts';
import { replace, type Operator } from './operator.ts';

const offByOne: Operator = {
  id: 'off-by-one',
  does: 'counts one more or one less',
  changes({ node, parents: [parent] }) {
    if (node.type !== 'Literal' || typeof node.value !== 'number' || parent === undefined) return [];
    if (methodOf(parent) === 'status' || functionOf(parent) === 'ApiError') return [];
    const { value } = node;
    return [value + 1, ...(value > 0 ? [value - 1] : [])].map((other) => replace(node, String(other)));
  },
};

const dropViewer: Operator = {
  id: 'drop-viewer',
  does: 'shows a thing as a stranger sees it, whoever asks',
  changes({ node }) {
    if (node.type !== 'CallExpression' || !(functionOf(node) ?? '').startsWith('show')) return [];
    const viewer = node.arguments[1];
    return viewer ? [replace(viewer, 'undefined')] : [];
  },
};

const fields: Readonly<Record<string, string>> = { username: 'email', email: 'username' };

const swapField: Operator = {
  id: 'swap-field',
  does: 'looks up, compares or shows another field',
  changes({ node, parents: [parent] }) {
    if (parent === undefined) return [];
    if (node.type === 'Literal' && methodOf(parent) === 'findUser') {
      const other = fields[String(node.value)];
      return other === undefined ? [] : [replace(node, `'${other}'`)];
    }
    if (node.type !== 'MemberExpression' || node.property.type !== 'Identifier') return [];
    const { name } = node.property;
    const other = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return other === undefined ? [] : [replace(node.property, other)];
  },
};

export const valueOperators: readonly Operator[] = [offByOne, dropViewer, swapField];

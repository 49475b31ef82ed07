import type { AnyNode, AssignmentProperty, Property } from 'acorn';
import { functionOf, methodOf, textOf, type Place } from '../syntax.ts';
import { replace, takeOut, type Operator } from './operator.ts';

/** Statuses that are taken for one another. */
const otherStatuses: Readonly<Record<number, readonly number[]>> = {
  200: [201],
  201: [200],
  204: [200],
  401: [403, 400],
  403: [401, 404],
  404: [400, 200],
  422: [400, 409],
};

const status: Operator = {
  id: 'status',
  does: 'answers with a neighbouring status',
  changes({ node, parents: [parent] }) {
    if (node.type === 'Literal' && typeof node.value === 'number' && parent !== undefined) {
      const isStatus = methodOf(parent) === 'status' || functionOf(parent) === 'ApiError';
      return isStatus ? (otherStatuses[node.value] ?? []).map((other) => replace(node, String(other))) : [];
    }
    // `res.json(…)` without a status is 200.
    if (methodOf(node) !== 'json' || node.type !== 'CallExpression') return [];
    if (node.callee.type !== 'MemberExpression' || node.callee.object.type !== 'Identifier') return [];
    return [{ start: node.callee.object.end, end: node.callee.object.end, text: '.status(201)' }];
  },
};

const dropProperty: Operator = {
  id: 'drop-property',
  does: 'leaves a property out of an answer or of what is stored',
  changes(place) {
    const { node, parents } = place;
    if (node.type !== 'ObjectExpression' || !isData(place)) return [];
    if (parents.some(isMessages)) return [];
    return node.properties.flatMap((_, index) => takeOut(node.properties, index));
  },
};

const nullProperty: Operator = {
  id: 'null-property',
  does: 'answers null in place of a property’s value',
  changes(place) {
    const property = shownProperty(place);
    return property === undefined ? [] : [replace(property, `${keyOf(property)}: null`)];
  },
};

/** How a value is shown in a wrong type, by the name of the property. */
const wrongTypes: Readonly<Record<string, (value: string) => string>> = {
  id: (value) => `String(${value})`,
  favorited: (value) => `Number(${value})`,
  following: (value) => `Number(${value})`,
  favoritesCount: (value) => `String(${value})`,
  articlesCount: (value) => `String(${value})`,
  createdAt: (value) => `Number(${value})`,
  updatedAt: (value) => `String(${value})`,
  tagList: (value) => `${value}.join(',')`,
  bio: (value) => `${value} ?? ''`,
  image: (value) => `${value} ?? ''`,
  author: (value) => `${value}.username`,
};

const wrongType: Operator = {
  id: 'wrong-type',
  does: 'answers a property’s value in another JSON type or time format',
  changes(place) {
    const property = shownProperty(place);
    if (property === undefined) return [];
    const key = keyOf(property);
    const change = Object.hasOwn(wrongTypes, key) ? wrongTypes[key] : undefined;
    return change ? [replace(property, `${key}: ${change(textOf(place, property.value))}`)] : [];
  },
};

export const answerOperators: readonly Operator[] = [status, dropProperty, nullProperty, wrongType];

/** An object that is answered or stored, and not one of options or messages. */
function isData({ file, parents }: Place): boolean {
  return file.endsWith('/views.js') || file.endsWith('/store.js') || parents.some(isAnswer);
}

/** Messages of an error, whose names and wording are free. */
function isMessages(node: AnyNode): boolean {
  return functionOf(node) === 'ApiError' || (node.type === 'Property' && keyOf(node) === 'errors');
}

function isAnswer(node: AnyNode): boolean {
  return methodOf(node) === 'json';
}

/** The place’s property of an object that is answered. */
function shownProperty({ node, parents, file }: Place): Property | AssignmentProperty | undefined {
  const [object] = parents;
  if (node.type !== 'Property' || object?.type !== 'ObjectExpression') return undefined;
  if (parents.some(isMessages)) return undefined;
  return file.endsWith('/views.js') || parents.some(isAnswer) ? node : undefined;
}

function keyOf({ key }: Property | AssignmentProperty): string {
  return key.type === 'Identifier' ? key.name : '';
}

import { contract, endpointPointer, generalRules, rulesOf, type Endpoint } from '../contract/index.ts';
import { isObject, resolvePointer, type Json } from '../json.ts';

/** What carries an assertion: the shape of an answer, or a statement of behaviour. */
export type Support = { by: 'shape' } | { by: 'statement' } | { by: 'nothing'; reason: string };

/**
 * What the place that an assertion points to can carry.
 * - a schema, a response or its media type: the shape of answers; must be one of the operation
 * - a rule: must be named by the operation, by an operation that its group has asked before, or hold for all
 * - a parameter, or the operation as a whole: must be the operation's own, or of one asked before
 * @param asked the operation of the assertion first, then those that its group has asked before
 */
export function supportOf(pointer: string, asked: readonly [Endpoint, ...Endpoint[]]): Support {
  if (resolvePointer(contract, pointer) === undefined) {
    return { by: 'nothing', reason: `the contract has nothing at ${pointer}` };
  }
  const [, root = '', kind = ''] = pointer.split('/');
  if (root === 'x-rules') return supportOfRule(kind, asked);
  const reachable = asked.some((endpoint) => reaches(endpoint, pointer));
  if (!reachable) {
    return { by: 'nothing', reason: `${pointer} is no part of ${asked.join(', ')}` };
  }
  if (isStatement(pointer)) return { by: 'statement' };
  return { by: 'shape' };
}

function supportOfRule(id: string, asked: readonly Endpoint[]): Support {
  if (generalRules.includes(id) || asked.some((endpoint) => rulesOf(endpoint).includes(id))) {
    return { by: 'statement' };
  }
  return { by: 'nothing', reason: `the rule ${id} is not one of ${asked.join(', ')}` };
}

/** A parameter or a whole operation, which say in words what they do. */
function isStatement(pointer: string): boolean {
  return (
    pointer.startsWith('/components/parameters/') ||
    /^\/paths\/[^/]+\/(get|post|put|delete)(\/parameters\/\d+)?$/.test(pointer) ||
    /^\/paths\/[^/]+\/parameters\/\d+$/.test(pointer)
  );
}

const reachable = new Map<Endpoint, readonly string[]>();

/** Whether a place is part of an operation: below it, below its path’s parameters, or below what these refer to. */
function reaches(endpoint: Endpoint, pointer: string): boolean {
  let places = reachable.get(endpoint);
  if (places === undefined) {
    const operation = endpointPointer(endpoint);
    const own = [operation, operation.replace(/\/\w+$/, '/parameters')];
    places = [...own, ...referredFrom(own)];
    if (resolvePointer(contract, `${operation}/security`) !== undefined) {
      places = [...places, '/components/securitySchemes'];
    }
    reachable.set(endpoint, places);
  }
  return places.some((place) => pointer === place || pointer.startsWith(`${place}/`));
}

function referredFrom(places: readonly string[]): string[] {
  const found = new Set<string>();
  const visit = (value: Json | undefined): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isObject(value)) return;
    const ref = value['$ref'];
    if (typeof ref === 'string' && !found.has(ref.slice(1))) {
      found.add(ref.slice(1));
      visit(resolvePointer(contract, ref.slice(1)));
    }
    Object.values(value).forEach(visit);
  };
  for (const place of places) visit(resolvePointer(contract, place));
  return [...found];
}

import type { Endpoint } from '../contract/index.ts';
import type { Json } from '../json.ts';
import { because, errorBody, errorNames } from './checks.ts';
import { step } from './steps.ts';
import type { Ask, Step } from './types.ts';

export type WrongValue = 'missing' | 'blank' | 'white' | 'null' | 'number' | 'boolean' | 'list' | 'object';

const wrongValues: Readonly<Record<WrongValue, { value?: Json; rule: string }>> = {
  missing: { rule: 'text-missing' },
  blank: { value: '', rule: 'text-blank' },
  white: { value: ' \t\n ', rule: 'text-blank' },
  null: { value: null, rule: 'text-type' },
  number: { value: 12_345_678, rule: 'text-type' },
  boolean: { value: true, rule: 'text-type' },
  list: { value: ['text of a list'], rule: 'text-type' },
  object: { value: { text: 'text of an object' }, rule: 'text-type' },
};

/**
 * Steps that send a body with one field wrong and are refused under its name.
 * @param request what is asked with these fields
 * @param valid fields that would be taken, for the step of this id
 */
export function refusals(
  endpoint: Endpoint,
  cases: readonly [WrongValue, string][],
  request: (fields: Json) => () => Ask,
  valid: (id: string) => { [name: string]: Json },
): Step[] {
  return cases.map(([kind, field]) => {
    const { value, rule } = wrongValues[kind];
    const id = `${kind}-${field}`;
    const { [field]: _right, ...others } = valid(id);
    const fields = value === undefined ? others : { ...others, [field]: value };
    return step(id, endpoint, 422, request(fields), [errorNames(field, rule)]);
  });
}

/** A body that has no object with the fields, or something else in its place, is refused. */
export function refusesNoWrapper(endpoint: Endpoint, ask: () => Ask, id = 'no-wrapper'): Step {
  return because(
    'wrapper-missing',
    'A body without the object that holds the fields is refused with 422.',
    step(id, endpoint, 422, ask, [errorBody]),
  );
}

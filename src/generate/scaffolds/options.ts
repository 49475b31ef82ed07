import type { OptionField, OptionValues } from './types.ts';

/** Values for all options of a scaffold: given ones where they fit their field, defaults elsewhere. */
export function optionValues(
  fields: readonly OptionField[],
  given: OptionValues = {},
): Record<string, string | number | boolean> {
  return Object.fromEntries(fields.map((field) => [field.id, valueOf(field, given[field.id])]));
}

function valueOf(
  field: OptionField,
  given: string | number | boolean | undefined,
): string | number | boolean {
  if (field.kind === 'number') {
    const number = typeof given === 'number' && Number.isFinite(given) ? Math.round(given) : field.value;
    return Math.min(field.max, Math.max(field.min, number));
  }
  if (field.kind === 'switch') return typeof given === 'boolean' ? given : field.value;
  return field.choices.some(({ value }) => value === given) && typeof given === 'string'
    ? given
    : field.value;
}

export const numberOf = (options: OptionValues, id: string): number => Number(options[id] ?? 0);
export const textOf = (options: OptionValues, id: string): string => String(options[id] ?? '');

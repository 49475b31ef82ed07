import * as v from 'valibot';

/**
 * An object whose members have names from outside, such as the paths of files. Valibot's own record leaves out members
 * named `constructor` and `prototype`; here they are members like others.
 */
export function byName<T extends v.GenericSchema>(item: T) {
  type Given = Record<string, v.InferInput<T>>;
  type Taken = Record<string, v.InferOutput<T>>;
  return v.pipe(
    v.custom<Given>(
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
      'expected an object',
    ),
    v.rawTransform<Given, Taken>(({ dataset: { value: object }, addIssue, NEVER }) => {
      const members: [string, v.InferOutput<T>][] = [];
      for (const [key, value] of Object.entries(object)) {
        const parsed = v.safeParse(item, value);
        if (!parsed.success) {
          const [{ message }] = parsed.issues;
          addIssue({ message, path: [{ type: 'object', origin: 'value', input: object, key, value }] });
          return NEVER;
        }
        members.push([key, parsed.output]);
      }
      return Object.fromEntries(members);
    }),
  );
}

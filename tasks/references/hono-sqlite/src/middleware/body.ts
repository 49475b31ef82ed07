import { validator } from 'hono/validator';
import { ApiError, type Messages } from '../errors.js';

/** Takes a value of a body; throws a message when it is not what it should be. */
type Reader<T> = (value: unknown) => T;
type Readers = Record<string, Reader<unknown>>;
type Fields<R extends Readers> = { [K in keyof R]: ReturnType<R[K]> };

class Mistake extends Error {}

export const text: Reader<string> = (value) => {
  if (typeof value !== 'string') throw new Mistake('is no text');
  if (value.trim() === '') throw new Mistake("can't be blank");
  return value;
};

export const textOrNull: Reader<string | null> = (value) => {
  if (value !== null && typeof value !== 'string') throw new Mistake('is neither text nor null');
  return value;
};

export const texts: Reader<string[]> = (value) => {
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    throw new Mistake('is no list of texts');
  }
  return value;
};

export const optional =
  <T>(read: Reader<T>): Reader<T | undefined> =>
  (value) =>
    value === undefined ? undefined : read(value);

/**
 * Reads the fields of `body[name]`; the handler has them as `c.req.valid('json')`. Fields that are left out are left
 * out there too. Refuses with 422 and a message for each field that is wrong.
 */
export const body = <R extends Readers>(name: string, readers: R) =>
  validator('json', (value: Record<string, unknown> | null): Fields<R> => {
    const given: unknown = value?.[name];
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      throw new ApiError(422, { [name]: ['is missing'] });
    }
    const fields: [string, unknown][] = [];
    const errors: Messages = {};
    for (const [field, read] of Object.entries(readers)) {
      try {
        const result = read(Reflect.get(given, field));
        if (result !== undefined) fields.push([field, result]);
      } catch (error) {
        if (!(error instanceof Mistake)) throw error;
        errors[field] = [error.message];
      }
    }
    if (Object.keys(errors).length > 0) throw new ApiError(422, errors);
    return Object.fromEntries(fields) as Fields<R>;
  });

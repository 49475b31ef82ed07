import * as v from 'valibot';
import { TooDeepError, checkSeal, type Json } from './canonical.ts';
import { damaged, LinkError } from './faults.ts';

export type JsonObject = { readonly [key: string]: Json | undefined };

/** @throws LinkError `damaged` for what is no JSON object in UTF-8. */
export function parseObject(bytes: Uint8Array): JsonObject {
  let value: Json;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json;
  } catch {
    throw damaged('its content is no JSON');
  }
  if (!isObject(value)) throw damaged('its content is no object');
  return value;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether the hash in an object is that of the rest. @throws LinkError `damaged` for what nests without end. */
export async function isIntact(value: JsonObject): Promise<boolean> {
  try {
    return await checkSeal(value);
  } catch (error) {
    if (error instanceof TooDeepError) throw damaged('its content is nested too deep');
    throw error;
  }
}

/**
 * The value as the schema has it.
 * @throws LinkError `damaged` for what does not fit; `too-new` for a field that the schema does not have.
 */
export function parseAs<S extends v.GenericSchema>(schema: S, value: JsonObject): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (!result.success) {
    const unknown = result.issues.find(({ kind, expected }) => kind === 'schema' && expected === 'never');
    const place = v.getDotPath(unknown ?? result.issues[0]) ?? 'its content';
    if (unknown !== undefined) throw new LinkError({ code: 'too-new', what: `it has the field "${place}"` });
    throw damaged(`${place} is not what it should be`);
  }
  const extra = extraField(value, result.output, '');
  if (extra !== undefined) throw new LinkError({ code: 'too-new', what: `it has the field "${extra}"` });
  return result.output;
}

/** A field that parsing has left out, as schemas of the domain do with what they do not know. */
function extraField(value: unknown, parsed: unknown, place: string): string | undefined {
  if (typeof value !== 'object' || value === null || typeof parsed !== 'object' || parsed === null)
    return undefined;
  const known = parsed as Readonly<Record<string, unknown>>;
  for (const [key, member] of Object.entries(value)) {
    const here = place === '' ? key : `${place}.${key}`;
    if (!Object.hasOwn(known, key)) return here;
    const below = extraField(member, known[key], here);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** Reading values whose shape only the one who sent them knows. */

export type Fields = Readonly<Record<string, unknown>>;

/** The fields of an object; none for anything else. */
export const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
export const words = (value: unknown): string => (typeof value === 'string' ? value : '');
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
/** A number that counts something; undefined for anything else. */
export const count = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
/** Text as it is, and what should have been text as JSON. */
export const jsonText = (value: unknown): string =>
  typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);

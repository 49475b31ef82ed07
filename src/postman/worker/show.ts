/**
 * What a script wrote to its console, on one line: texts as they are, everything else as JSON.
 * @param values - Anything, cycles included.
 */
export function show(values: readonly unknown[]): string {
  return values.map(showOne).join(' ');
}

function showOne(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof value !== 'object' || value === null) return String(value);
  const open = new Set<object>();
  try {
    return JSON.stringify(value, function (this: unknown, _key, inner: unknown) {
      if (typeof inner === 'bigint') return `${inner}n`;
      if (typeof inner !== 'object' || inner === null) return inner;
      if (open.has(inner)) return '[seen before]';
      open.add(inner);
      return inner;
    });
  } catch {
    return Object.prototype.toString.call(value);
  }
}

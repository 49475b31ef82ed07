/**
 * Local time is UTC, as on a server, wherever the browser is. Emscripten asks JavaScript's `Date` for it, in this worker,
 * where nothing else does.
 */

const parts = ['Day', 'Date', 'FullYear', 'Hours', 'Minutes', 'Month', 'Seconds', 'Milliseconds'] as const;

const prototype = Date.prototype;
for (const part of parts) {
  Object.defineProperty(prototype, `get${part}`, { value: prototype[`getUTC${part}`] });
}
prototype.getTimezoneOffset = () => 0;

globalThis.Date = new Proxy(Date, {
  construct(target, values: Parameters<DateConstructor['UTC']>, made) {
    const given: unknown[] = values.length > 1 ? [target.UTC(...values)] : values;
    return Reflect.construct(target, given, made) as Date;
  },
});

type SetZone = (timezone: number, daylight: number, standard: number, summer: number) => void;

/**
 * The interpreter's imports with one changed: the names of the zone, which Emscripten makes of its offset.
 * @param memory - the interpreter's, once it has one
 */
export function withUtcNames(
  imports: WebAssembly.Imports | undefined,
  memory: () => WebAssembly.ExportValue | undefined,
): WebAssembly.Imports | undefined {
  const original = imports?.['env']?.['_tzset_js'];
  if (typeof original !== 'function') return imports;
  const call = original as SetZone;
  const named: SetZone = (timezone, daylight, standard, summer) => {
    call(timezone, daylight, standard, summer);
    const written = memory();
    if (!(written instanceof WebAssembly.Memory)) return;
    const bytes = new Uint8Array(written.buffer);
    for (const place of [standard, summer]) bytes.set([0x55, 0x54, 0x43, 0], place >>> 0);
  };
  return { ...imports, env: { ...imports?.['env'], _tzset_js: named } };
}

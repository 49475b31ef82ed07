/**
 * The one place that says what may differ between two runs of the same program: the clock, process ids, durations and
 * where a sandbox lies on its disk. All else is compared byte for byte.
 */

const dayMs = 86_400_000;
/** Nearer to now than this, a timestamp was made by the run; expiry dates of cookies are made from now as well. */
const nearMs = 500 * dayMs;

const near = (ms: number) => Math.abs(ms - Date.now()) < nearMs;
const recent = (ms: number) => Math.abs(ms - Date.now()) < dayMs;

const httpDate =
  /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT/g;
const isoDate = /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|\b)/g;
const commonLogDate = /\[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000\]/g;
const epoch = /(?<![\w.-])1\d{9}(?:\d{3})?(?![\w-])/g;
/** Entity tag that `send`, `@fastify/send` and others make from a file's size and time of change. */
const fileTag = /W\/"([\da-f]+)-(1[\da-f]{10})"/g;

/** Replaces moments near to now by what they are. */
export function withoutTimes(text: string): string {
  return text
    .replace(httpDate, (date) => (near(Date.parse(date)) ? '{date}' : date))
    .replace(isoDate, (date) => (near(Date.parse(date)) ? '{time}' : date))
    .replace(commonLogDate, '[{time}]')
    .replace(fileTag, (tag, size: string, time: string) =>
      recent(parseInt(time, 16)) ? `W/"${size}-{mtime}"` : tag,
    )
    .replace(epoch, (digits) => {
      const ms = digits.length === 13 ? Number(digits) : Number(digits) * 1000;
      return recent(ms) ? '{epoch}' : digits;
    });
}

/** Replaces what loggers write that is of the process and not of the program. */
export function withoutProcess(text: string): string {
  return text
    .replace(/"pid":\d+/g, '"pid":{pid}')
    .replace(/"remotePort":\d+/g, '"remotePort":{port}')
    .replace(/"hostname":"[^"]*"/g, '"hostname":"{host}"')
    .replace(/"responseTime":[\d.]+/g, '"responseTime":{ms}')
    .replace(/(?<![\w.])\d+(?:\.\d+)? ?ms\b/g, '{ms}')
    .replace(/\(node:\d+\)/g, '(node:{pid})');
}

/** Replaces the places of a sandbox's directories by what they are called in records. */
export function withoutPaths(text: string, paths: readonly (readonly [string, string])[]): string {
  return paths.reduce((done, [real, recorded]) => done.replaceAll(real, recorded), text);
}

/** Masks the first group of each match of each pattern. */
export function masked(text: string, patterns: readonly string[] = []): string {
  return patterns.reduce(
    (done, pattern) =>
      done.replace(new RegExp(pattern, 'g'), (whole: string, part: string) =>
        whole.replace(part, '{masked}'),
      ),
    text,
  );
}

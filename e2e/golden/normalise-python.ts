/**
 * The one place that says what Python programs write that differs between two runs, or between CPython 3.12 and the
 * embedded 3.14, and says nothing of the program: see the groups below. All else is compared byte for byte.
 */

/** `Werkzeug/3.1 Python/3.12.1`, `WSGIServer/0.2 CPython/3.12.1` in Server headers. */
const serverVersion = /\b(C?Python)\/3\.1\d(?:\.\d+)?\b/g;
const address = /\bat 0x[\da-f]{6,16}\b/g;
/** Signed values of itsdangerous: the payload stays, the time and the signature go. */
const signedValue = /((?:\.?ey|\.)[\w-]+)\.[\w-]{6}\.[\w-]{27,43}(?![\w-])/g;

const months = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const logDates: readonly (readonly [RegExp, string])[] = [
  // wsgiref, http.server, werkzeug, Django
  [new RegExp(`\\[\\d\\d/${months}/\\d{4} \\d\\d:\\d\\d:\\d\\d\\]`, 'g'), '[{time}]'],
  // gunicorn's access log, in the time zone that Django sets
  [new RegExp(`\\[\\d\\d/${months}/\\d{4}:\\d\\d:\\d\\d:\\d\\d ([+-]\\d{4})\\]`, 'g'), '[{time} $1]'],
  // Django's runserver
  [/\b(?:[A-Z][a-z]{2,8}) \d\d, 20\d\d - \d\d:\d\d:\d\d\b/g, '{time}'],
  // ctime
  [new RegExp(`\\b[A-Z][a-z]{2} ${months} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d 20\\d\\d\\b`, 'g'), '{time}'],
  // logging's default format, and floats of time.time()
  [/\{time\},\d{3}\b/g, '{time}'],
  [/\{epoch\}\.\d+\b/g, '{epoch}'],
];

/** Process ids and ports of clients in the logs of servers. */
const processes: readonly (readonly [RegExp, string])[] = [
  [/((?:server|parent|child) process \[)\d+(\])/g, '$1{pid}$2'],
  [/(\[\{time\} [+-]\d{4}\] \[)\d+(\])/g, '$1{pid}$2'],
  [/(Listening at: \S+ \()\d+(\))/g, '$1{pid}$2'],
  [/(\bpid: ?)\d+/gi, '$1{pid}'],
  // gunicorn's worker ends by itself or by the signal, whichever is first
  [/^\[\{time\} [+-]\d{4}\] \[\{pid\}\] \[ERROR\] Worker \(pid:\{pid\}\) was sent SIGTERM!\n/gm, ''],
  [/\b((?:127\.0\.0\.1|localhost)(?::|', ))(?:3[2-9]|[4-6]\d)\d{3}\b/g, '$1{port}'],
];

/** werkzeug names the address of the machine when it listens on all. */
const ownAddress = /^( \* Running on http:\/\/127\.0\.0\.1:(\d+)\n) \* Running on http:\/\/[\d.]+:\2\n/gm;
/** Entity tag that werkzeug makes of a file's time of change, size and path. */
const fileTag = /("\d{10}\.\d+-\d+)-\d+"/g;
/** Made from a set of strings, whose order differs from run to run. */
const allowed = /^(allow: )([A-Z]+(?:, ?[A-Z]+)+)/gim;

/** A frame, also of an exception group, whose lines begin with a bar; and lines of source below it. */
const frame = /^([ |]*File ".*", line )(\d+)(, in .*)?$/;
const source = /^(?: *\| {5}| {4}(?! *\|))/;
/** Where the standard library lies, here and there. */
const library = /(?:\/usr\/local)?\/lib\/python3(?:\.1\d\/(?!site-packages|lib-dynload)|14\.zip\/)/g;
const sitePackages = /\/lib\/python3\.1\d\/site-packages\//g;

/**
 * Of each frame of a traceback, the file, line, function and the first line of source stay: later versions mark more
 * of it, and show more lines. Of a frame in the standard library the number and the source go too.
 */
function withoutMarks(text: string): string {
  const kept: string[] = [];
  let after: 'frame' | 'library' | 'source' | undefined;
  for (const line of text.split('\n')) {
    const [, file, , where = ''] = frame.exec(line) ?? [];
    if (file !== undefined) {
      const standard = file.includes('{lib}/');
      kept.push(standard ? `${file}…${where}` : line);
      after = standard ? 'library' : 'frame';
    } else if (after !== undefined && source.test(line)) {
      if (after === 'frame') kept.push(line);
      if (after !== 'library') after = 'source';
    } else {
      kept.push(line);
      after = undefined;
    }
  }
  return kept.join('\n');
}

/** Replaces what is noise in outputs and answers of Python programs. */
export function withoutPythonNoise(text: string): string {
  const plain = text
    .replace(serverVersion, '$1/{version}')
    .replace(address, 'at 0x{address}')
    .replace(signedValue, '$1.{signed}')
    .replace(ownAddress, '$1')
    .replace(fileTag, '$1-{path}"')
    .replace(allowed, (_, name: string, list: string) => name + list.split(/, ?/).sort().join(', '))
    .replace(library, '{lib}/')
    .replace(sitePackages, '/lib/python3/site-packages/');
  const rules = [...logDates, ...processes];
  const clean = rules.reduce((done, [pattern, by]) => done.replace(pattern, by), plain);
  return clean.includes('Traceback (most recent call last)') ? withoutMarks(clean) : clean;
}

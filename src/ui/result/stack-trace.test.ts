import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../domain/run.ts';
import { namedPlaces, ownPath } from './source-place.ts';
import { ownFrame, stackTraces } from './stack-trace.ts';

const files = new Set(['src/app.js', 'app.js', 'app/main.py', 'src/routes/articles.js', 'C/weird name.py']);
const log = (text: string, stream: LogLine['stream'] = 'stderr'): LogLine[] =>
  text.split('\n').map((line, at) => ({ at, stage: 'suite', stream, text: line }));
const read = (text: string) => stackTraces(log(text), files);

describe('traces of Node', () => {
  it('have their message, their frames from the inside out, and which of them are the submission’s', () => {
    const [trace, more] = read(
      [
        'listening',
        "TypeError: Cannot read properties of undefined (reading 'id')",
        '    at getUser (file:///app/src/routes/articles.js:12:5)',
        '    at async /app/src/app.js:7:3',
        '    at Layer.handle [as handle_request] (/app/node_modules/express/lib/router/layer.js:95:5)',
        '    at new Promise (<anonymous>)',
        '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5) {',
        "  code: 'X'",
        '}',
        'next line',
      ].join('\n'),
    );
    expect(more).toBeUndefined();
    expect(trace).toMatchObject({
      message: "TypeError: Cannot read properties of undefined (reading 'id')",
      from: 1,
      to: 6,
      frames: [
        { path: 'src/routes/articles.js', line: 12, column: 5, fn: 'getUser', own: true },
        { path: 'src/app.js', line: 7, column: 3, own: true },
        { path: '/app/node_modules/express/lib/router/layer.js', own: false },
        { path: 'node:internal/process/task_queues', line: 95, own: false },
      ],
    });
  });

  it('are found behind a logger’s words, with a message of several lines, and as a cause', () => {
    const traces = read(
      [
        'POST /api/users failed: SequelizeValidationError: notNull Violation',
        'email must be set',
        '    at x (/app/app.js:1:2)',
        '  [cause]: Error: inner',
        '      at y (/app/src/app.js:3:4)',
      ].join('\n'),
    );
    expect(traces.map(({ message }) => message)).toEqual([
      'SequelizeValidationError: notNull Violation',
      'Error: inner',
    ]);
  });

  it('of a syntax error begin at the line that has it', () => {
    const [trace] = read(
      [
        'file:///app/src/app.js:9',
        'const = 1;',
        '      ^',
        '',
        "SyntaxError: Unexpected token '='",
        '    at compileSourceTextModule (node:internal/modules/esm/utils:346:16)',
      ].join('\n'),
    );
    expect(trace && ownFrame(trace)).toMatchObject({ path: 'src/app.js', line: 9 });
  });

  it('are read through the colours of a logger and the returns of another system', () => {
    const [trace] = read(
      '\u001b[31mTypeError\u001b[39m: no\r\n\u001b[90m    at f (/app/app.js:3:1)\u001b[39m\r\n    at g (/app/src/app.js:9:2)\r',
    );
    expect(trace).toMatchObject({ message: 'TypeError: no', frames: [{ line: 3 }, { line: 9 }] });
  });

  it('are found in the JSON of a logger', () => {
    const err = { type: 'Error', message: 'boom', stack: 'Error: boom\n    at f (/app/src/app.js:2:3)' };
    const [trace] = read(`{"level":50,"err":${JSON.stringify(err)},"msg":"boom"}`);
    expect(trace).toMatchObject({
      message: 'Error: boom',
      from: 0,
      to: 0,
      frames: [{ path: 'src/app.js', line: 2 }],
    });
  });
});

describe('traces of Python', () => {
  it('are turned, so that the innermost frame comes first', () => {
    const traces = read(
      [
        'Traceback (most recent call last):',
        '  File "/app/app/main.py", line 10, in create',
        '    return f()',
        '           ^^^',
        '  File "/lib/python3.14/site-packages/flask/app.py", line 880, in full_dispatch_request',
        '    rv = self.dispatch_request()',
        'sqlite3.OperationalError: no such table: users',
        '',
        'The above exception was the direct cause of the following exception:',
        '',
        'Traceback (most recent call last):',
        '  File "/app/app/main.py", line 12, in outer',
        'ValueError: outer',
        '127.0.0.1 - - "POST /api/users" 500',
      ].join('\n'),
    );
    expect(traces).toMatchObject([
      {
        message: 'sqlite3.OperationalError: no such table: users',
        from: 0,
        to: 6,
        frames: [
          { path: '/lib/python3.14/site-packages/flask/app.py', own: false },
          { path: 'app/main.py', line: 10, fn: 'create', own: true },
        ],
      },
      { message: 'ValueError: outer', from: 10, to: 12 },
    ]);
  });

  it('of groups of exceptions and of syntax errors are read too', () => {
    const traces = read(
      [
        '  + Exception Group Traceback (most recent call last):',
        '  |   File "/app/app/main.py", line 3, in <module>',
        '  |     run()',
        '  | ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)',
        '  +-+---------------- 1 ----------------',
        '    | Traceback (most recent call last):',
        '    |   File "/app/app/main.py", line 5, in run',
        "    | KeyError: 'slug'",
        '  File "/app/app/main.py", line 7',
        '    def (:',
        '        ^',
        'SyntaxError: invalid syntax',
      ].join('\n'),
    );
    expect(traces.map(({ message, frames }) => [message, frames[0]?.line])).toEqual([
      ['ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)', 3],
      ["KeyError: 'slug'", 5],
      ['SyntaxError: invalid syntax', 7],
    ]);
  });
});

describe('hostile output', () => {
  it('is read apart by stream, so that other lines do not break a trace', () => {
    const mixed = log('Error: a\n    at f (/app/app.js:1:1)').flatMap((line) => [
      line,
      ...log('GET / 200', 'stdout'),
    ]);
    expect(stackTraces(mixed, files)).toMatchObject([{ message: 'Error: a', from: 0, to: 2 }]);
  });

  it('takes neither ages nor memory', () => {
    const nasty = [
      `    at ${'('.repeat(4_000)}`,
      `    at ${'a '.repeat(2_000)}:1:`,
      `File "${'x'.repeat(4_000)}`,
      `{"stack":${'['.repeat(4_000)}`,
      `${'A.'.repeat(2_000)}Error`,
      '    at (/app/app.js:1:1)',
      'Traceback (most recent call last):',
    ];
    const lines = Array.from({ length: 20_000 }, (_, n) => nasty[n % nasty.length] ?? '');
    expect(stackTraces(log(lines.join('\n')), files).length).toBeLessThanOrEqual(5_000);
    expect(namedPlaces('a:1:'.repeat(100_000), files)).toEqual([]);
  }, 20_000);

  it('opens no file but the submission’s', () => {
    expect(ownPath('/app/node_modules/x/app.js', files)).toBeUndefined();
    expect(ownPath('/usr/lib/python3.12/app.js', files)).toBeUndefined();
    expect(ownPath('/app/../../etc/passwd', files)).toBeUndefined();
    expect(ownPath('__proto__', files)).toBeUndefined();
    expect(ownPath('file:///tmp/run-1/src/app.js', files)).toBe('src/app.js');
  });
});

it('finds the places that a line names', () => {
  expect(namedPlaces('at f (/app/src/app.js:7:3), then ./app.js:9: and node:fs:1:2', files)).toEqual([
    { path: 'src/app.js', line: 7, column: 3, from: 6, to: 25 },
    { path: 'app.js', line: 9, from: 33, to: 43 },
  ]);
  expect(namedPlaces('  File "/app/C/weird name.py", line 3, in f', files)).toMatchObject([
    { path: 'C/weird name.py', line: 3, from: 2 },
  ]);
});

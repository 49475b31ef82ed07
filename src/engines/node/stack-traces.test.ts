import { describe, expect, it } from 'vitest';
import { installStackTraces, thrownByBuiltin } from './stack-traces.ts';

const unmoved = {
  originalColumn: (_file: string, _line: number, column: number) => column,
  knows: () => true,
};

describe('installStackTraces', () => {
  it('gives evaluated code the name of its file, for programs that ask the call sites', () => {
    const before = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
    installStackTraces(unmoved);
    try {
      const own = Error.prepareStackTrace;
      const ask = (0, eval)(`(function () {
        const saved = Error.prepareStackTrace;
        Error.prepareStackTrace = (error, sites) => [sites[0].getFileName(), sites[0].isEval(), sites[0].getLineNumber()];
        const answer = new Error().stack;
        Error.prepareStackTrace = saved;
        return answer;
      })\n//# sourceURL=/app/node_modules/x/index.js`) as () => unknown;
      expect(ask()).toEqual(['/app/node_modules/x/index.js', false, 4]);
      expect(Error.prepareStackTrace).toBe(own);
    } finally {
      Reflect.deleteProperty(Error, 'prepareStackTrace');
      if (before !== undefined) Object.defineProperty(Error, 'prepareStackTrace', before);
    }
  });

  it('names methods as Node does: without a name of their own, and of functions', () => {
    const before = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
    installStackTraces(unmoved);
    try {
      const lines = (0, eval)(`
        'use strict';
        function router() {}
        router.handle = function handle() { return new Error('x').stack.split('\\n')[1]; };
        class Timeout { constructor() { this._onTimeout = function () { return new Error('x').stack.split('\\n')[1]; }; } }
        const one = new Timeout();
        [router.handle(), one._onTimeout()]\n//# sourceURL=/app/a.js`) as string[];
      expect(lines.map((line) => line.replace(/ \(.*/, ''))).toEqual([
        '    at Function.handle',
        '    at Timeout._onTimeout',
      ]);
    } finally {
      Reflect.deleteProperty(Error, 'prepareStackTrace');
      if (before !== undefined) Object.defineProperty(Error, 'prepareStackTrace', before);
    }
  });
});

it('names the built-in function that an error came from, within the number of frames', () => {
  const before = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  installStackTraces(unmoved);
  try {
    const failure = new SyntaxError('Unexpected token, "a\nb" is not valid JSON');
    thrownByBuiltin.set(failure, 'JSON.parse');
    const frames = (failure.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
    expect(frames[0]).toBe('    at JSON.parse (<anonymous>)');
    expect(frames).toHaveLength(Error.stackTraceLimit);
  } finally {
    Reflect.deleteProperty(Error, 'prepareStackTrace');
    if (before !== undefined) Object.defineProperty(Error, 'prepareStackTrace', before);
  }
});

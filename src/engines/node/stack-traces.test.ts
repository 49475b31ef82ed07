import { describe, expect, it } from 'vitest';
import { installStackTraces } from './stack-traces.ts';

describe('installStackTraces', () => {
  it('gives evaluated code the name of its file, for programs that ask the call sites', () => {
    const before = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
    installStackTraces(new Map());
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
});

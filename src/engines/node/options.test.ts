import { describe, expect, it } from 'vitest';
import { OptionError, parseOptions, splitNodeOptions, type OptionsData } from './options.ts';

const types = {
  kNoOp: 0,
  kV8Option: 1,
  kBoolean: 2,
  kInteger: 3,
  kUInteger: 4,
  kString: 5,
  kHostPort: 6,
  kStringList: 7,
};
const info = (type: number, defaultIsTrue = false) => ({ type, defaultIsTrue, envVarSettings: 0 });
const data: OptionsData = {
  types,
  values: { '--eval': '', '--print': true, '--require': [], '--warnings': false },
  info: {
    options: [
      ['--eval', info(types.kString)],
      ['--print', info(types.kBoolean)],
      ['--require', info(types.kStringList)],
      ['--warnings', info(types.kBoolean, true)],
      ['--max-old-space-size', info(types.kV8Option)],
    ],
    aliases: [
      ['-e', ['--eval']],
      ['-p', ['--print']],
      ['-pe', ['--print', '--eval']],
      ['--print <arg>', ['-pe']],
      ['-r', ['--require']],
    ],
  },
};

describe('parseOptions', () => {
  it('stops at the script and keeps its arguments', () => {
    const options = parseOptions(data, ['--no-warnings', 'app.js', '--print']);
    expect(options.rest).toEqual(['app.js', '--print']);
    expect(options.execArgv).toEqual(['--no-warnings']);
    expect(options.values['--warnings']).toBe(false);
    expect(options.values['--print']).toBe(false);
  });

  it('gives booleans their own defaults, whatever the binary was asked with', () => {
    const { values } = parseOptions(data, []);
    expect(values['--warnings']).toBe(true);
    expect(values['--eval']).toBeUndefined();
  });

  it('reads -p with code as print and eval', () => {
    const options = parseOptions(data, ['-p', '1 + 1', 'x']);
    expect(options).toMatchObject({ hasEval: true, rest: ['x'], execArgv: ['-p', '1 + 1'] });
    expect(options.values['--print']).toBe(true);
    expect(options.values['--eval']).toBe('1 + 1');
  });

  it('collects lists from NODE_OPTIONS and the command line', () => {
    const { values } = parseOptions(data, ['-r', 'b', '--max-old-space-size=64'], '--require "a b"');
    expect(values['--require']).toEqual(['a b', 'b']);
  });

  it.each([
    [['--nope'], 'bad option: --nope'],
    [['--eval'], '--eval requires an argument'],
  ])('refuses %j in the words of Node', (args, message) => {
    expect(() => parseOptions(data, args)).toThrow(new OptionError(message));
  });
});

describe('splitNodeOptions', () => {
  it('splits at spaces outside quotes', () => {
    expect(splitNodeOptions(' --a  --b="c d" ')).toEqual(['--a', '--b=c d']);
  });
});

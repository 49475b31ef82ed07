import { spawnSync } from 'node:child_process';
import { tokenizer } from 'acorn';
import { beforeAll, describe, expect, it } from 'vitest';
import { withoutCommentLines } from './natives.mjs';
import { findNodeBinary } from './node.mjs';

const tokensOf = (source: string) =>
  [...tokenizer(source, { ecmaVersion: 'latest', locations: true })].map(
    ({ type, value, loc }) => `${type.label} ${String(value)} ${loc?.start.line}:${loc?.start.column}`,
  );

describe('withoutCommentLines', () => {
  it('drops comments that fill lines, and keeps the lines', () => {
    const source = '// one\n/* two\n   three */\n  a(); // said when it throws\n/* four */ b();\n';
    expect(withoutCommentLines(source)).toBe('\n\n\n  a(); // said when it throws\n/* four */ b();\n');
  });

  it('leaves what only looks like a comment', () => {
    const source = 'const text = `\n// in a template\n`;\nconst path = /\\/\\//;\n';
    expect(withoutCommentLines(source)).toBe(source);
  });
});

describe('the sources of the pinned Node', () => {
  const sources: Record<string, string> = {};

  beforeAll(() => {
    const wanted = ['events', 'fs', 'net', '_http_server', 'internal/errors', 'internal/modules/cjs/loader'];
    const script = `process.stdout.write(JSON.stringify(Object.fromEntries(${JSON.stringify(wanted)}.map((id) => [id, process.binding('natives')[id]]))))`;
    const { stdout } = spawnSync(findNodeBinary().binary, ['--no-warnings', '-e', script], {
      encoding: 'utf8',
      maxBuffer: 2 ** 24,
    });
    Object.assign(sources, JSON.parse(stdout));
  });

  it('keep every token at its line and column, and get shorter', () => {
    expect(Object.keys(sources).length).toBe(6);
    for (const [id, source] of Object.entries(sources)) {
      const shorter = withoutCommentLines(source);
      expect(shorter.length, id).toBeLessThan(source.length);
      // A return outside of functions is not for the tokenizer to mind.
      expect(tokensOf(shorter), id).toEqual(tokensOf(source));
    }
  });
});

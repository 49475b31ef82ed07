import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { trimShell } from './shell.mjs';

const require = createRequire(import.meta.url);
const bundle = readFileSync(join(dirname(require.resolve('just-bash')), 'browser.js'), 'utf8');

it('takes the commands out of the shell library that nobody has', () => {
  const trimmed = trimShell(bundle);
  const names = [...trimmed.matchAll(/\{name:"([\w-]+)",load:/g)].map((match) => match[1]);
  expect(names).toContain('grep');
  expect(names).toContain('sed');
  expect(names).not.toContain('jq');
  expect(names).not.toContain('rg');
});

it('fails when the bundle is not built as it was', () => {
  expect(() => trimShell('export class Bash {}')).toThrow('has changed');
  expect(() => trimShell(bundle.replace('name:"jq",load', 'name:"jqq",load'))).toThrow('look at');
});

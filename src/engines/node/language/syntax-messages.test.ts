import { Parser } from 'acorn';
import { expect, it } from 'vitest';
import { engineWording } from './syntax-messages.ts';

it.each([
  ['export const a = 1; export const a = 2;', "Identifier 'a' has already been declared"],
  ['export { nothing };', "Export 'nothing' is not defined in module"],
  ['const a = 1; export { a }; export { a };', "Duplicate export of 'a'"],
  ["import x form 'y';", "Unexpected identifier 'form'"],
  ['if (x) { import y from "z"; }', "Unexpected identifier 'y'"],
  ['function f() { export const a = 1; }', "Unexpected token 'export'"],
  ['return 1;', 'Illegal return statement'],
  ['const f = {', 'Unexpected end of input'],
  ['with (a) {}', 'Strict mode code may not include a with statement'],
])('words the fault of %s', (source, words) => {
  try {
    Parser.parse(source, { ecmaVersion: 'latest', sourceType: 'module' });
  } catch (error) {
    expect(engineWording(source, error as SyntaxError)).toBe(words);
    return;
  }
  expect.fail('no error');
});

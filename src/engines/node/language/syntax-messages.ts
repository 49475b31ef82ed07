import { tokenizer, tokTypes } from 'acorn';

/**
 * The wording of the browser's engine for the parser's complaints about modules, which cannot be compiled here for
 * their message: the engine takes modules by their address only.
 */
const wordings: readonly [pattern: RegExp, words: string][] = [
  [/^(Identifier '.*' has already been declared)/, '$1'],
  [/^Duplicate export '(.*)'/, "Duplicate export of '$1'"],
  [/^Export '(.*)' is not defined/, "Export '$1' is not defined in module"],
  [/^'return' outside of function/, 'Illegal return statement'],
  [/^The keyword 'yield' is reserved/, 'Unexpected strict mode reserved word'],
  [
    /^The keyword '(?:let|static|implements|interface|package|private|protected|public)' is reserved/,
    'Unexpected strict mode reserved word',
  ],
  [/^Cannot use keyword 'await' outside an async function/, 'Unexpected reserved word'],
  [/^Deleting local variable in strict mode/, 'Delete of an unqualified identifier in strict mode.'],
  [/^'with' in strict mode/, 'Strict mode code may not include a with statement'],
  [
    /^(?:Unterminated string constant|Unexpected character|Expecting Unicode escape)/,
    'Invalid or unexpected token',
  ],
  [/^Unterminated template/, 'Unterminated template literal'],
  [/^Unterminated regular expression/, 'Invalid regular expression: missing /'],
  [/^Assigning to rvalue/, 'Invalid left-hand side in assignment'],
  [/^Unsyntactic break/, 'Illegal break statement'],
  [/^Unsyntactic continue/, 'Illegal continue statement: no surrounding iteration statement'],
  [/^(Invalid regular expression: .*)/, '$1'],
];

function unexpected(code: string, position: number): string {
  let text: string;
  try {
    const token = tokenizer(code.slice(position, position + 1_000), {
      ecmaVersion: 'latest',
      sourceType: 'module',
    }).getToken();
    if (token.type === tokTypes.eof) return 'Unexpected end of input';
    if (token.type === tokTypes.name)
      return `Unexpected identifier '${code.slice(position + token.start, position + token.end)}'`;
    if (token.type === tokTypes.num) return 'Unexpected number';
    if (token.type === tokTypes.string) return 'Unexpected string';
    if (token.type === tokTypes.backQuote) return 'Unexpected template string';
    text = code.slice(position + token.start, position + token.end);
  } catch {
    return 'Invalid or unexpected token';
  }
  return `Unexpected token '${text}'`;
}

/**
 * What the engine would say.
 * @param error The parser's, with `pos`, the offset at which it gave up.
 * @returns Undefined when the parser's words do not tell.
 */
export function engineWording(code: string, error: SyntaxError): string | undefined {
  const message = error.message.replace(/ \(\d+:\d+\)$/, '');
  for (const [pattern, words] of wordings) {
    if (pattern.test(message)) return message.replace(pattern, words);
  }
  const { pos } = error as { pos?: number };
  if (pos === undefined) return undefined;
  if (message.startsWith("'import' and 'export' may only appear at the top level")) {
    const word = /^import\s*/.exec(code.slice(pos, pos + 100));
    return unexpected(code, word === null ? pos : pos + word[0].length);
  }
  return message === 'Unexpected token' ? unexpected(code, pos) : undefined;
}

import { Source } from '../../../../verifiers/sources.ts';
import { parsePython } from '../../../../verifiers/syntax/python/parse.ts';
import { resolvePythonModule } from '../../../../verifiers/syntax/python/resolve.ts';
import type { Statement } from '../../../../verifiers/syntax/types.ts';
import type { PythonAnswer, PythonImport, PythonQuestion, PythonSymbol } from './python-messages.ts';

/** Reads a file of Python with the parser of the verifiers: what is wrong with it, what it defines and imports. */
export function readPython({ id, path, text, paths }: PythonQuestion): PythonAnswer {
  const module = parsePython(new Source(path, text));
  const files = new Set(paths);
  const imports = module.imports.map(({ specifier, names, at }): PythonImport => {
    // `from app import models`: the name itself may be a module.
    const resolved = resolvePythonModule(files, path, specifier, names[0]?.imported);
    return {
      at,
      specifier,
      path: resolved.kind === 'file' ? resolved.path : undefined,
      package: resolved.kind === 'package' ? resolved.name : undefined,
      names: names.map(({ imported }) => imported),
    };
  });
  // What follows on the same line is mostly of the first one's making.
  const lines = new Set<number>();
  const problems = module.problems
    .filter(({ at }) => {
      const { line } = module.source.locate(at);
      return lines.has(line) ? false : lines.add(line);
    })
    .slice(0, 50);
  return { id, problems, symbols: symbolsOf(module.body, false), imports };
}

/** Functions and classes in order, with those inside them. */
function symbolsOf(body: readonly Statement[], inClass: boolean): readonly PythonSymbol[] {
  return body.flatMap((statement): readonly PythonSymbol[] => {
    if (statement.kind === 'declare') {
      const { value, at } = statement;
      const isClass = value.kind === 'class';
      return [
        {
          name: value.name,
          kind: isClass ? 'class' : inClass ? 'method' : 'function',
          at,
          children: symbolsOf(value.body, isClass),
        },
      ];
    }
    if (statement.kind === 'branch')
      return [...symbolsOf(statement.then, inClass), ...symbolsOf(statement.otherwise, inClass)];
    return statement.kind === 'block' ? symbolsOf(statement.body, inClass) : [];
  });
}

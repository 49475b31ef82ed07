import { parse } from 'acorn';

/**
 * Commands of the shell library that the machines of the benchmark do not have, or that the kernel has its own of.
 * A submission that calls one finds no such command, here as there.
 */
const unwanted = new Set(['rg', 'jq', 'file', 'html-to-markdown', 'curl', 'tree', 'column']);

/** Helpers that the library's bundler wrote: a module that runs once, and the getters of a module's exports. */
const lazyModule = /(?:var |,)([\w$]+)=\(e,t\)=>\(\)=>\(e&&\(t=e\(e=0\)\),t\)/;
const commonModule =
  /(?:var |,)([\w$]+)=\(e,t\)=>\(\)=>\(t\|\|e\(\(t=\{exports:\{\}\}\)\.exports,t\),t\.exports\)/;
const exportGetters =
  /(?:var |,)([\w$]+)=\(e,t\)=>\{for\(var n in t\)[\w$]+\(e,n,\{get:t\[n\],enumerable:!0\}\)\}/;

/**
 * Vite plug-in for the kernel's build: takes the unwanted commands out of the shell library, which comes as one file,
 * and marks its module wrappers as free of side effects, so that what only they used falls away with them.
 */
export function trimmedShell() {
  return {
    name: 'trimmed-shell',
    transform: {
      filter: { id: /just-bash\/dist\/bundle\/browser\.js$/ },
      handler: (code) => ({ code: trimShell(code), map: null }),
    },
  };
}

/** @param {string} code - just-bash's browser bundle. @throws an Error when it is not built as expected. */
export function trimShell(code) {
  const wrappers = [nameOf(code, lazyModule), nameOf(code, commonModule)];
  const getters = nameOf(code, exportGetters);
  const edits = [];
  const cut = (start, end, text = '') => edits.push([start, end, text]);
  const { body } = parse(code, { ecmaVersion: 'latest', sourceType: 'module' });
  const namespaces = new Map();
  let removed = 0;
  for (const statement of body) {
    if (statement.type === 'VariableDeclaration') {
      for (const { id, init } of statement.declarations) {
        if (init?.type === 'CallExpression' && wrappers.includes(init.callee.name))
          cut(init.start, init.start, '/*#__PURE__*/');
        if (init?.type === 'ObjectExpression' && init.properties.length === 0) namespaces.set(id.name, init);
        if (init?.type === 'ArrayExpression') removed += removeCommands(init, cut);
      }
      continue;
    }
    const call = statement.type === 'ExpressionStatement' ? flatten(statement.expression) : [];
    if (call.length === 0 || !call.every((each) => isNamespace(each, getters, namespaces))) continue;
    for (const {
      arguments: [target, members],
    } of call) {
      const empty = namespaces.get(target.name);
      cut(empty.start, empty.end, `/*#__PURE__*/namespaceOf(${code.slice(members.start, members.end)})`);
    }
    cut(statement.start, statement.end);
  }
  if (removed !== unwanted.size) {
    throw new Error(
      `The shell library has ${removed} of the ${unwanted.size} commands that are to be left out: its bundle has changed; ` +
        'look at scripts/engines/shell.mjs again.',
    );
  }
  edits.sort((one, two) => one[0] - two[0]);
  let out = `const namespaceOf=(members)=>{const all={};${getters}(all,members);return all};`;
  let at = 0;
  for (const [start, end, text] of edits) {
    out += code.slice(at, start) + text;
    at = end;
  }
  return out + code.slice(at);
}

function nameOf(code, pattern) {
  const found = pattern.exec(code)?.[1];
  if (found === undefined)
    throw new Error(`The shell library's bundle has changed: ${pattern} is not in it.`);
  return found;
}

function flatten(expression) {
  return expression.type === 'SequenceExpression' ? expression.expressions : [expression];
}

function isNamespace(expression, getters, namespaces) {
  return (
    expression.type === 'CallExpression' &&
    expression.callee.name === getters &&
    namespaces.has(expression.arguments[0]?.name)
  );
}

/** Cuts `{name: 'rg', load: …}` out of the list of commands. */
function removeCommands(list, cut) {
  let removed = 0;
  for (const [at, element] of list.elements.entries()) {
    const name = element?.properties?.find?.((property) => property.key?.name === 'name')?.value?.value;
    const isCommand = element?.properties?.some?.((property) => property.key?.name === 'load');
    if (isCommand !== true || !unwanted.has(name)) continue;
    const next = list.elements[at + 1];
    cut(element.start, next === undefined ? element.end : next.start);
    removed++;
  }
  return removed;
}

import type * as t from '@babel/types';
import type { Import, ImportedName } from '../types.ts';
import { keyName, startOf, unwrap, type Context } from './context.ts';
import { readSpecifier } from './specifiers.ts';

/** A call that loads a module, and the property that is taken from it on the spot. */
interface Load {
  call: t.CallExpression | t.ImportExpression;
  form: 'require' | 'dynamic';
  member: string | undefined;
}

/** The imports of an `import` declaration: one for values and one for types when it has both. */
export function readImportDeclaration(node: t.ImportDeclaration, context: Context): Import[] {
  const values: ImportedName[] = [];
  const types: ImportedName[] = [];
  let whole: string | undefined;
  for (const specifier of node.specifiers) {
    const local = specifier.local.name;
    const at = startOf(specifier);
    if (specifier.type === 'ImportNamespaceSpecifier') whole = local;
    else if (specifier.type === 'ImportDefaultSpecifier') values.push({ imported: 'default', local, at });
    else {
      const imported = moduleName(specifier.imported);
      (specifier.importKind === 'type' ? types : values).push({ imported, local, at });
    }
  }
  const base = { specifier: node.source.value, form: 'import', deferred: false, at: startOf(node) } as const;
  const typeOnly = node.importKind === 'type';
  const imports: Import[] = [];
  if (values.length > 0 || whole !== undefined || types.length === 0)
    imports.push({ ...base, names: values, ...(whole !== undefined && { whole }), typeOnly });
  if (types.length > 0) imports.push({ ...base, names: types, typeOnly: true });
  context.imports.push(...imports);
  return imports;
}

/** `import x = require('y')`; of `import x = A.B` there is none. */
export function readImportEquals(node: t.TSImportEqualsDeclaration, context: Context): Import | undefined {
  const reference = node.moduleReference;
  if (reference.type !== 'TSExternalModuleReference') return undefined;
  const found: Import = {
    specifier: reference.expression.value,
    form: 'require',
    names: [],
    whole: node.id.name,
    typeOnly: node.importKind === 'type',
    deferred: false,
    at: startOf(node),
  };
  context.imports.push(found);
  return found;
}

/**
 * Records the import in `target = require('x')`, with what the target binds of it. Does nothing when the value does
 * not load a module.
 */
export function recordBoundLoad(target: t.Node, value: t.Node, context: Context): void {
  const load = findLoad(value, context);
  if (load === undefined || context.recorded.has(load.call)) return;
  const names: ImportedName[] = [];
  let whole: string | undefined;
  if (load.member !== undefined) {
    const local = target.type === 'Identifier' ? target.name : '';
    names.push({ imported: load.member, local, at: startOf(target) });
  } else if (target.type === 'Identifier') whole = target.name;
  else if (target.type === 'ObjectPattern') names.push(...patternNames(target));
  record(load, names, whole, context);
}

/** Records the import of a call that nothing was known to bind, and the property that is taken from it. */
export function recordLoad(node: t.Node, context: Context): void {
  const load = findLoad(node, context);
  if (load === undefined || context.recorded.has(load.call)) return;
  const at = startOf(node);
  record(
    load,
    load.member === undefined ? [] : [{ imported: load.member, local: '', at }],
    undefined,
    context,
  );
}

/** The literal specifier that a value loads as a whole: of `require('./a')`, `await import('./a')`. */
export function loadedSpecifier(
  value: t.Node,
  context: Context,
): { specifier: string; member?: string } | undefined {
  const load = findLoad(value, context);
  const [argument] = load === undefined ? [] : loadArguments(load);
  if (load === undefined || argument === undefined) return undefined;
  const specifier = readSpecifier(argument, context);
  if (!('literal' in specifier)) return undefined;
  return { specifier: specifier.literal, ...(load.member !== undefined && { member: load.member }) };
}

/** Remembers `const require = createRequire(…)` under whatever name. */
export function noteCreateRequire(target: t.Node, value: t.Node, context: Context): void {
  if (target.type !== 'Identifier' || value.type !== 'CallExpression') return;
  const { callee } = value;
  const name = callee.type === 'MemberExpression' ? callee.property : callee;
  if (name.type === 'Identifier' && name.name === 'createRequire') context.requireNames.add(target.name);
}

/** Of an export or import specifier, which may be a string. */
export function moduleName(node: t.Identifier | t.StringLiteral): string {
  return node.type === 'Identifier' ? node.name : node.value;
}

function record(load: Load, names: ImportedName[], whole: string | undefined, context: Context): void {
  context.recorded.add(load.call);
  const at = startOf(load.call);
  const [argument] = loadArguments(load);
  if (argument === undefined) return;
  const specifier = readSpecifier(argument, context);
  if ('literal' in specifier) {
    context.imports.push({
      specifier: specifier.literal,
      form: load.form,
      names,
      ...(whole !== undefined && { whole }),
      typeOnly: false,
      deferred: context.functions > 0,
      at,
    });
  } else
    context.unknownImports.push({ at, ...(specifier.start !== undefined && { start: specifier.start }) });
}

/** Looks through `await`, interop helpers and one property for a call that loads a module. */
function findLoad(value: t.Node, context: Context): Load | undefined {
  let node = unwrap(value);
  let member: string | undefined;
  for (;;) {
    if (node.type === 'AwaitExpression') node = unwrap(node.argument);
    else if (
      (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression') &&
      member === undefined
    ) {
      member = keyName(node.property, node.computed);
      if (member === undefined) return undefined;
      node = unwrap(node.object);
      // What `import('./a').then(…)` hands on is not followed.
      if (isPromiseMethod(member, node)) member = undefined;
    } else if (node.type === 'ImportExpression') return { call: node, form: 'dynamic', member };
    else if (node.type === 'CallExpression') {
      if (node.callee.type === 'Import') return { call: node, form: 'dynamic', member };
      if (isRequire(node.callee, context)) return { call: node, form: 'require', member };
      const [argument] = node.arguments;
      if (argument === undefined || member !== undefined || !isInterop(node.callee)) return undefined;
      node = unwrap(argument);
    } else return undefined;
  }
}

function isPromiseMethod(member: string, object: t.Node): boolean {
  const isImport =
    object.type === 'ImportExpression' ||
    (object.type === 'CallExpression' && object.callee.type === 'Import');
  return isImport && ['then', 'catch', 'finally'].includes(member);
}

function isRequire(callee: t.Node, context: Context): boolean {
  if (callee.type === 'Identifier') return context.requireNames.has(callee.name);
  if (callee.type === 'CallExpression') {
    return callee.callee.type === 'Identifier' && callee.callee.name === 'createRequire';
  }
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'module' &&
    keyName(callee.property, callee.computed) === 'require'
  );
}

/** What compilers put around a `require`. */
const interopNames = new Set([
  '__importDefault',
  '__importStar',
  '_interopRequireDefault',
  '_interopRequireWildcard',
  '__toESM',
]);

function isInterop(callee: t.Node): boolean {
  return callee.type === 'Identifier' && interopNames.has(callee.name);
}

function loadArguments(load: Load): t.Node[] {
  return load.call.type === 'ImportExpression' ? [load.call.source] : load.call.arguments;
}

function patternNames(pattern: t.ObjectPattern): ImportedName[] {
  return pattern.properties.flatMap((property): ImportedName[] => {
    const at = startOf(property);
    if (property.type === 'RestElement') {
      return [
        { imported: '*', local: property.argument.type === 'Identifier' ? property.argument.name : '', at },
      ];
    }
    const imported = keyName(property.key, property.computed);
    if (imported === undefined) return [];
    const bound = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
    return [{ imported, local: bound.type === 'Identifier' ? bound.name : '', at }];
  });
}

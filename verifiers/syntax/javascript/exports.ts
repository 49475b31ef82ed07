import type * as t from '@babel/types';
import type { Export, Import } from '../types.ts';
import { keyName, startOf, unwrap, type Context } from './context.ts';
import { loadedSpecifier, moduleName } from './imports.ts';

/** `export { a as b }`, `export { a } from './a'`: exports, and the import of what is passed on. */
export function readNamedExport(node: t.ExportNamedDeclaration, context: Context): void {
  const from = node.source?.value;
  const at = startOf(node);
  const names: Import['names'] = [];
  const types: Import['names'] = [];
  let whole = false;
  for (const specifier of node.specifiers) {
    const exported =
      specifier.type === 'ExportSpecifier' || specifier.type === 'ExportNamespaceSpecifier'
        ? moduleName(specifier.exported)
        : 'default';
    const imported = specifier.type === 'ExportSpecifier' ? specifier.local.name : localName(specifier);
    add(context, { exported, local: imported, ...(from !== undefined && { from }), at: startOf(specifier) });
    if (imported === '*') whole = true;
    else {
      const isType = specifier.type === 'ExportSpecifier' && specifier.exportKind === 'type';
      (isType ? types : names).push({ imported, local: '', at: startOf(specifier) });
    }
  }
  if (from === undefined) return;
  const typeOnly = node.exportKind === 'type';
  const base = { specifier: from, form: 'reexport', deferred: false, at } as const;
  if (names.length > 0 || whole || types.length === 0) context.imports.push({ ...base, names, typeOnly });
  if (types.length > 0) context.imports.push({ ...base, names: types, typeOnly: true });
}

/** `export * from './a'`. */
export function readExportAll(node: t.ExportAllDeclaration, context: Context): void {
  const from = node.source.value;
  const at = startOf(node);
  add(context, { exported: '*', local: '*', from, at });
  context.imports.push({
    specifier: from,
    form: 'reexport',
    names: [],
    typeOnly: node.exportKind === 'type',
    deferred: false,
    at,
  });
}

/** Names of an exported declaration, patterns and types included. */
export function readExportedDeclaration(declaration: t.Declaration, context: Context): void {
  for (const { name, at } of declaredNames(declaration)) add(context, { exported: name, local: name, at });
}

/** Names that a declaration makes. */
export function declaredNames(declaration: t.Declaration): { name: string; at: number }[] {
  if (declaration.type === 'VariableDeclaration')
    return declaration.declarations.flatMap((declarator) => boundNames(declarator.id));
  if ('id' in declaration && declaration.id?.type === 'Identifier')
    return [{ name: declaration.id.name, at: startOf(declaration.id) }];
  return [];
}

/** `module.exports = value`, `exports.a = value`, `export = value`. Other assignments export nothing. */
export function readAssignedExport(target: t.Node, value: t.Node, context: Context): void {
  const exported = commonName(target);
  if (exported === '*') readWholeExport(value, startOf(target), context);
  else if (exported !== undefined) addValue(exported, value, startOf(target), context);
}

/** `Object.assign(module.exports, value)`, and `__exportStar(require('./a'), exports)` of compilers. */
export function readExportingCall(node: t.CallExpression, context: Context): void {
  const [first, ...rest] = node.arguments;
  if (first === undefined) return;
  const { callee } = node;
  if (callee.type === 'Identifier' && callee.name === '__exportStar') spread(first, startOf(node), context);
  if (isObjectAssign(callee) && commonName(first) === '*')
    for (const value of rest) readWholeExport(value, startOf(node), context, false);
}

/**
 * `module.exports = value`: the value is the default, and the properties of an object are names.
 * @param isDefault false for what is copied into the exports
 */
export function readWholeExport(wrapped: t.Node, at: number, context: Context, isDefault = true): void {
  const value = unwrap(wrapped);
  const loaded = loadedSpecifier(value, context);
  if (isDefault) {
    const local = value.type === 'Identifier' ? value.name : '';
    if (loaded === undefined) add(context, { exported: 'default', local, at });
    else add(context, { exported: 'default', local: loaded.member ?? 'default', from: loaded.specifier, at });
  }
  if (loaded !== undefined && loaded.member === undefined) spread(value, at, context);
  else if (value.type === 'ObjectExpression') readObject(value, context);
  else if (value.type === 'Identifier') readBuiltObject(value.name, at, context);
  else if (value.type === 'CallExpression' && isObjectAssign(value.callee))
    for (const part of value.arguments) readWholeExport(part, startOf(part), context, false);
}

function readObject(object: t.ObjectExpression, context: Context): void {
  for (const property of object.properties) {
    const at = startOf(property);
    if (property.type === 'SpreadElement') spread(property.argument, at, context);
    else {
      const name = keyName(property.key, property.computed);
      if (name === undefined) continue;
      if (property.type === 'ObjectMethod') add(context, { exported: name, local: '', at });
      else addValue(name, property.value, at, context);
    }
  }
}

/** An object that was put together before it is exported: its properties, and those set on it later. */
function readBuiltObject(name: string, at: number, context: Context): void {
  if (context.exportedObjects.has(name)) return;
  context.exportedObjects.add(name);
  const built = context.constants.get(name);
  if (built?.type === 'ObjectExpression') readObject(built, context);
  for (const [property, value] of context.properties.get(name) ?? [])
    addValue(property, value, startOf(value), context);
  const copied = context.wholeOf(name);
  if (copied !== undefined) add(context, { exported: '*', local: '*', from: copied, at });
}

/** All names of a module are passed on. */
function spread(wrapped: t.Node, at: number, context: Context): void {
  const value = unwrap(wrapped);
  const loaded = loadedSpecifier(value, context);
  if (loaded !== undefined) {
    if (loaded.member === undefined) add(context, { exported: '*', local: '*', from: loaded.specifier, at });
  } else if (value.type === 'Identifier') readBuiltObject(value.name, at, context);
  else if (value.type === 'ObjectExpression') readObject(value, context);
}

function addValue(exported: string, wrapped: t.Node, at: number, context: Context): void {
  const value = unwrap(wrapped);
  const loaded = loadedSpecifier(value, context);
  if (loaded !== undefined)
    add(context, { exported, local: loaded.member ?? '*', from: loaded.specifier, at });
  else if (value.type === 'Identifier') add(context, { exported, local: value.name, at });
  else if (value.type === 'MemberExpression' && value.object.type === 'Identifier') {
    const { name } = value.object;
    const member = keyName(value.property, value.computed);
    const whole = context.wholeOf(name);
    if (whole !== undefined && member !== undefined)
      add(context, { exported, local: member, from: whole, at });
    else add(context, { exported, local: '', at });
  } else add(context, { exported, local: '', at });
}

/** `*` for `module.exports` and `exports` themselves, the name of a property of them; undefined for anything else. */
function commonName(target: t.Node): string | undefined {
  if (isExportsObject(target)) return '*';
  if (target.type !== 'MemberExpression' || !isExportsObject(target.object)) return undefined;
  return keyName(target.property, target.computed);
}

function isExportsObject(node: t.Node): boolean {
  if (node.type === 'Identifier') return node.name === 'exports';
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'Identifier' &&
    node.object.name === 'module' &&
    keyName(node.property, node.computed) === 'exports'
  );
}

function isObjectAssign(callee: t.Node): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Object' &&
    keyName(callee.property, callee.computed) === 'assign'
  );
}

function boundNames(pattern: t.Node): { name: string; at: number }[] {
  switch (pattern.type) {
    case 'Identifier':
      return [{ name: pattern.name, at: startOf(pattern) }];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        boundNames(property.type === 'RestElement' ? property.argument : property.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? boundNames(element) : []));
    case 'AssignmentPattern':
      return boundNames(pattern.left);
    case 'RestElement':
      return boundNames(pattern.argument);
    default:
      return [];
  }
}

function localName(specifier: t.ExportDefaultSpecifier | t.ExportNamespaceSpecifier): string {
  return specifier.type === 'ExportNamespaceSpecifier' ? '*' : 'default';
}

function add(context: Context, exported: Export): void {
  context.exports.push(exported);
}

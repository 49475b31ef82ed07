import type * as t from '@babel/types';
import type { ExportStatement, Statement } from '../types.ts';
import { startOf, type Context } from './context.ts';
import { readExportAll, readExportedDeclaration, readNamedExport, readWholeExport } from './exports.ts';

/** Exports; anything else, such as types, `break` and empty statements, leaves nothing. */
export function lowerModuleStatement(node: t.Node, context: Context): Statement[] {
  const before = context.exports.length;
  const at = startOf(node);
  const exported = (): ExportStatement[] => {
    const exports = context.exports.slice(before);
    return exports.length === 0 ? [] : [{ kind: 'export', exports, at }];
  };
  switch (node.type) {
    case 'ExportAllDeclaration':
      readExportAll(node, context);
      return exported();
    case 'ExportNamedDeclaration':
      readNamedExport(node, context);
      if (!node.declaration) return exported();
      readExportedDeclaration(node.declaration, context);
      return [...context.statements([node.declaration]), ...exported()];
    case 'ExportDefaultDeclaration':
      return [...lowerDefault(node, context), ...exported()];
    case 'TSExportAssignment': {
      const { expression } = node;
      context.later.push(() => readWholeExport(expression, at, context));
      return [lowerDefaultValue(expression, 'module.exports', context)];
    }
    default:
      return [];
  }
}

function lowerDefault(node: t.ExportDefaultDeclaration, context: Context): Statement[] {
  const { declaration } = node;
  const at = startOf(node);
  const named =
    'id' in declaration && declaration.id?.type === 'Identifier' ? declaration.id.name : undefined;
  if (declaration.type === 'Identifier') {
    context.exports.push({ exported: 'default', local: declaration.name, at });
    return [];
  }
  context.exports.push({ exported: 'default', local: named ?? 'default', at });
  if (declaration.type === 'TSDeclareFunction' || declaration.type.startsWith('TSInterface')) return [];
  if (named !== undefined) return context.statements([declaration]);
  return [lowerDefaultValue(declaration, 'default', context)];
}

function lowerDefaultValue(value: t.Node, target: 'default' | 'module.exports', context: Context): Statement {
  const at = startOf(value);
  return {
    kind: 'assign',
    targets: [
      target === 'default'
        ? { kind: 'name', name: 'default', at }
        : { kind: 'member', object: { kind: 'name', name: 'module', at }, name: 'exports', at },
    ],
    value: context.expression(value),
    annotation: '',
    operator: '=',
    at,
  };
}

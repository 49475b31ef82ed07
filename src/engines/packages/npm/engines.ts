import { satisfies } from 'semver';
import type { ProgramContext } from '../../shell/program.ts';
import { NODE_VERSION } from './catalogue.ts';
import type { Manifest } from './manifest.ts';
import type { TreeNode } from './tree.ts';

/** The npm that Node 20.20.2 carries. */
export const NPM_VERSION = '10.8.2';

/** Warns of packages, and of the project itself, that say they do not run on this Node. */
export function warnOfEngines(context: ProgramContext, manifest: Manifest, nodes: readonly TreeNode[]): void {
  const own = manifest.engines?.node;
  const all = [
    ...(own === undefined ? [] : [{ what: `${manifest.name ?? ''}@${manifest.version ?? ''}`, node: own }]),
    ...nodes.flatMap(({ item }) =>
      item?.node === undefined ? [] : [{ what: `${item.name}@${item.version}`, node: item.node }],
    ),
  ];
  for (const { what, node } of all) {
    if (satisfies(NODE_VERSION, node, { loose: true })) continue;
    const lines = [
      'Unsupported engine {',
      `  package: '${what}',`,
      `  required: { node: '${node}' },`,
      `  current: { node: 'v${NODE_VERSION}', npm: '${NPM_VERSION}' }`,
      '}',
    ];
    context.write('stderr', lines.map((line) => `npm warn EBADENGINE ${line}\n`).join(''));
  }
}

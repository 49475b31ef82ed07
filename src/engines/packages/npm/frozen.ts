import { NpmError } from './errors.ts';
import type { LockedPackages } from './lockfile.ts';
import type { TreeNode } from './tree.ts';

/**
 * Compares the tree that package.json asks for with what the lock holds.
 * @param relaxed - places whose version could not be had; what another version of them brings is let pass.
 * @throws NpmError EUSAGE when they differ.
 */
export function checkFrozen(root: TreeNode, locked: LockedPackages, relaxed: LockedPackages): void {
  const nodes = [...root.descendants()].filter((node) => node.link === undefined);
  const wrong = nodes
    .sort((a, b) => a.depth - b.depth || a.path.localeCompare(b.path, 'en'))
    .flatMap(({ item, path, folder }): string[] => {
      const found = locked.get(path);
      if (item === undefined || found?.version === item.version || relaxed.has(path)) return [];
      if (relaxed.size > 0 && root.edges.every(({ name }) => name !== folder)) return [];
      return found === undefined
        ? [`Missing: ${folder}@${item.version} from lock file`]
        : [`Invalid: lock file's ${folder}@${found.version} does not satisfy ${folder}@${item.version}`];
    });
  if (wrong.length === 0) return;
  throw usage([
    '`npm ci` can only install packages when your package.json and package-lock.json or npm-shrinkwrap.json are in sync. Please update your lock file with `npm install` before continuing.',
    '',
    ...wrong,
  ]);
}

/** What `npm ci` says without a lock file. */
export function lockMissing(): NpmError {
  return usage([
    'The `npm ci` command can only install with an existing package-lock.json or',
    'npm-shrinkwrap.json with lockfileVersion >= 1. Run an install with npm@5 or',
    'later to generate a package-lock.json file, then try again.',
  ]);
}

function usage(lines: readonly string[]): NpmError {
  return new NpmError('EUSAGE', [
    '',
    ...lines,
    '',
    'Clean install a project',
    '',
    'Usage:',
    'npm ci',
    '',
    'Options:',
    '[--install-strategy <hoisted|nested|shallow|linked>] [--legacy-bundling]',
    '[--global-style] [--omit <dev|optional|peer> [--omit <dev|optional|peer> ...]]',
    '[--include <prod|dev|optional|peer> [--include <prod|dev|optional|peer> ...]]',
    '[--strict-peer-deps] [--foreground-scripts] [--ignore-scripts] [--no-audit]',
    '[--no-bin-links] [--no-fund] [--dry-run]',
    '[-w|--workspace <workspace-name> [-w|--workspace <workspace-name> ...]]',
    '[-ws|--workspaces] [--include-workspace-root] [--install-links]',
    '',
    'aliases: clean-install, ic, install-clean, isntall-clean',
    '',
    'Run "npm help ci" for more info',
  ]);
}

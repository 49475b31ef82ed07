import { intersects, satisfies } from 'semver';
import * as v from 'valibot';
import { NpmError } from './errors.ts';
import type { Manifest } from './manifest.ts';
import { splitName } from './spec.ts';
import type { Edge, TreeNode } from './tree.ts';

const MAX_DEPTH = 20;

interface Rule {
  readonly name: string;
  /** Versions that the rule is about; empty for all. */
  readonly about: string;
  /** What replaces the range asked for; undefined when the rule only holds others. */
  readonly value: string | undefined;
  readonly children: readonly Rule[];
}

const children = v.record(v.string(), v.unknown());

/** `overrides` of package.json: ranges that replace what packages ask for, everywhere or below certain packages. */
export class Overrides {
  readonly #rules: readonly Rule[];

  /** @throws NpmError EOVERRIDE when one contradicts a dependency of the project itself. */
  constructor(manifest: Manifest) {
    const own = { ...manifest.devDependencies, ...manifest.optionalDependencies, ...manifest.dependencies };
    this.#rules = readRules(manifest.overrides ?? {}, own, 0);
    for (const { name, value } of this.#rules) {
      const asked = Object.hasOwn(own, name) ? own[name] : undefined;
      if (value !== undefined && asked !== undefined && asked !== value) {
        throw new NpmError('EOVERRIDE', [`Override for ${name}@${asked} conflicts with direct dependency`]);
      }
    }
  }

  /** The edge with its range replaced where a rule says so; the same edge where none does. */
  apply(node: TreeNode, edge: Edge): Edge {
    if (this.#rules.length === 0 || node.parent === undefined) return edge;
    const active: Rule[] = [...this.#rules];
    for (const asker of chainOf(node)) {
      const { item } = asker;
      if (item === undefined) continue;
      for (const rule of [...active]) {
        if (
          rule.name === item.name &&
          (rule.about === '' || satisfies(item.version, rule.about, { loose: true }))
        )
          active.push(...rule.children);
      }
    }
    const rule = active.reverse().find((each) => each.value !== undefined && concerns(each, edge));
    return rule?.value === undefined ? edge : { ...edge, wanted: rule.value };
  }
}

/** From the project's dependency down to the node, each asked for by the one before. */
function chainOf(node: TreeNode): TreeNode[] {
  const chain: TreeNode[] = [];
  const seen = new Set<TreeNode>();
  for (
    let place: TreeNode | undefined = node;
    place?.parent !== undefined && !seen.has(place);
    place = place.asker
  ) {
    seen.add(place);
    chain.unshift(place);
  }
  return chain;
}

function concerns(rule: Rule, edge: Edge): boolean {
  if (rule.name !== edge.name) return false;
  if (rule.about === '') return true;
  try {
    return intersects(edge.wanted, rule.about, { loose: true });
  } catch {
    return false;
  }
}

function readRules(
  record: Readonly<Record<string, unknown>>,
  own: Readonly<Record<string, string>>,
  depth: number,
): Rule[] {
  if (depth > MAX_DEPTH) return [];
  return Object.entries(record).flatMap(([key, content]): Rule[] => {
    if (key === '.') return [];
    const { name, spec } = splitName(key);
    const nested = v.safeParse(children, content);
    const text = typeof content === 'string' ? content : nested.success ? nested.output['.'] : undefined;
    const value = typeof text === 'string' ? dereference(text, own) : undefined;
    const below =
      typeof content !== 'string' && nested.success ? readRules(nested.output, own, depth + 1) : [];
    return [{ name, about: spec, value, children: below }];
  });
}

/** `$name` stands for the range that the project itself asks for. @throws NpmError EOVERRIDE */
function dereference(text: string, own: Readonly<Record<string, string>>): string {
  if (!text.startsWith('$')) return text === '' ? '*' : text;
  const found = Object.hasOwn(own, text.slice(1)) ? own[text.slice(1)] : undefined;
  if (found === undefined) throw new NpmError('EOVERRIDE', [`Unable to resolve reference ${text}`]);
  return found;
}

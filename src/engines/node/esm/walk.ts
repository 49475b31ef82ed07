import type { AnyNode } from 'acorn';

function isNode(value: unknown): value is AnyNode {
  return (
    typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
  );
}

/** Child nodes in source order of their properties. */
export function* childrenOf(node: AnyNode): Generator<AnyNode> {
  for (const value of Object.values(node) as unknown[]) {
    if (Array.isArray(value)) {
      for (const item of value as unknown[]) if (isNode(item)) yield item;
    } else if (isNode(value)) {
      yield value;
    }
  }
}

/** Calls `visit` for each node of a tree, parents first, without recursion: generated code nests deeply. */
export function walk(root: AnyNode, visit: (node: AnyNode) => void): void {
  const stack: AnyNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    visit(node);
    const children = [...childrenOf(node)];
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (child !== undefined) stack.push(child);
    }
  }
}

/** Offsets of the word `import` of each `import()`. */
export function collectDynamicImports(root: AnyNode): number[] {
  const starts: number[] = [];
  walk(root, (node) => {
    if (node.type === 'ImportExpression') starts.push(node.start);
  });
  return starts;
}

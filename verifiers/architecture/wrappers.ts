import type { Origin } from '../data/provenance.ts';
import { walk } from '../syntax/walk.ts';
import { layerOf } from './layers.ts';

/**
 * Whether a function of the submission runs the statement that it is given: `const query = (sql) => pool.query(sql)`. One
 * of a layer below the routes is there to be called; what it is given is for that layer to answer for.
 * @param methods names of what runs statements
 */
export function runsWhatItIsGiven(origin: Origin, methods: ReadonlySet<string>): boolean {
  if (origin.kind !== 'callable') return false;
  const layer = layerOf(origin.module.path);
  if (layer !== undefined && layer.name !== 'routes') return false;
  const given = new Set(origin.value.parameters.map(({ name }) => name));
  let runs = false;
  walk(origin.value.body, {
    expression: (expression) => {
      if (expression.kind !== 'call' || expression.callee.kind !== 'member') return;
      const value = expression.args[0]?.value;
      if (value?.kind === 'name' && given.has(value.name) && methods.has(expression.callee.name)) runs = true;
    },
  });
  return runs;
}

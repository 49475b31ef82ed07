import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

/**
 * Measures the strength of the suite: `npm run mutation [-- --only ID]… [--quick] [--parallel N] [--json FILE]`. Prints
 * each mutant that survives, a table and the score; ends with 1 when one survives. `--only` takes the id of a mutant or of
 * an operator; `--quick` leaves a mutant as soon as it is killed.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    parallel: { type: 'string', default: '2' },
    json: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const load = async (path) => {
  const { module } = await runnerImport(`${root}${path}`, { root, configFile: false, logLevel: 'error' });
  return module;
};
const { allMutants, measureStrength } = await load('tasks/mutants/index.ts');
const { whyEquivalent } = await load('tasks/mutants/equivalents.ts');
const { openWorkshop } = await load('tasks/mutants/workshop.ts');
const { operatorTable, summary, trialLine } = await load('tasks/mutants/report.ts');

const workshop = await openWorkshop();
const all = allMutants(workshop.sources);
const { only } = values;
const mutants = only ? all.filter(({ id, operator }) => only.includes(id) || only.includes(operator)) : all;
if (mutants.length === 0) throw new Error(`no mutant or operator is called ${only?.join(' or ')}`);

const start = performance.now();
let done = 0;
const strength = await measureStrength(workshop, mutants, {
  parallel: Number(values.parallel),
  thorough: !values.quick,
  onTrial: (trial) => {
    done += 1;
    const surprising = trial.outcome !== 'killed' && whyEquivalent(trial.mutant) === undefined;
    if (only || surprising) console.log(`[${done}/${mutants.length}] ${trialLine(trial)}`);
  },
});
const seconds = ((performance.now() - start) / 1000).toFixed(0);
console.log(
  `\n${operatorTable(strength)}\n\n${summary(strength)}\n${mutants.length} mutants in ${seconds} s.`,
);
for (const trial of strength.survivors) console.log(`SURVIVED ${trialLine(trial)}`);
for (const trial of strength.wronglyEquivalent) console.log(`NOT EQUIVALENT ${trialLine(trial)}`);
if (only) for (const { about, elsewhere } of strength.killed) console.log({ about, elsewhere });
if (values.json !== undefined) {
  writeFileSync(
    values.json,
    JSON.stringify(strength, (key, value) => (key === 'files' ? undefined : value), 2),
  );
}
if (strength.survivors.length + strength.wronglyEquivalent.length > 0) process.exitCode = 1;

import type { Engine, Language } from '../engine.ts';
import { contractCases } from './cases.ts';
import { Kit } from './kit.ts';
import { programs } from './programs.ts';

export const contractNames: readonly string[] = contractCases.map(({ name }) => name);

/** Runs one case against an engine. @throws an Error that says what the engine did instead. */
export async function runContractCase(
  engine: Engine,
  language: Language,
  name: string,
  port: number,
): Promise<void> {
  const found = contractCases.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no contract case is called ${JSON.stringify(name)}`);
  const kit = new Kit(engine, language, programs[language], port);
  try {
    await found.run(kit);
  } finally {
    await kit.dispose();
  }
}

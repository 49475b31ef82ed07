import { describe, it } from 'vitest';
import { contractNames, runContractCase } from '../contract/index.ts';
import type { Language } from '../engine.ts';
import { nativeEngine } from './index.ts';

/** Real ports of this machine, one per case, away from the usual ones. */
const firstPort = { node: 23_100, python: 23_200 };

describe.each<Language>(['node', 'python'])('engine contract: native processes in %s', (language) => {
  it.each(contractNames)('%s', async (name) => {
    await runContractCase(nativeEngine, language, name, firstPort[language] + contractNames.indexOf(name));
  });
});

import { expect, it } from 'vitest';
import { endpoints, generalRules, rules, rulesOf } from './index.ts';

const introduction = `# Rules of the contract

Written by \`npx vitest run tasks/contract -u\` from \`tasks/contract/openapi.json\`; a test holds that it agrees. What was
decided, and why: [contract.md](contract.md).

| rule | sentence | operations |
| --- | --- | --- |`;

it('docs/contract-rules.md has every rule: run this test with -u after a change of a rule', async () => {
  const lines = [...rules].map(([id, sentence]) => {
    const named = endpoints.filter((endpoint) => rulesOf(endpoint).includes(id));
    const where = generalRules.includes(id) ? 'all' : named.map((endpoint) => `\`${endpoint}\``).join(', ');
    return `| \`${id}\` | ${sentence.replaceAll('|', '\\|')} | ${where} |`;
  });
  const file = new URL('../../docs/contract-rules.md', import.meta.url).pathname;
  await expect(`${[introduction, ...lines].join('\n')}\n`).toMatchFileSnapshot(file);
});

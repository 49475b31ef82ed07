import { expect, it } from 'vitest';
import { endpoints, rules, schemaPointer } from '../contract/index.ts';
import { assertions, conduitSuite } from './index.ts';
import { listSteps } from './runner.ts';
import type { AnyStep } from './types.ts';

const introduction = `# Groups and numbers of the suite

Written by \`npx vitest run tasks/suite -u\` from the suite itself; a test holds that it agrees. How the suite works:
[suite.md](suite.md).
`;

it('docs/suite-numbers.md is true: run this test with -u after a change of the suite', async () => {
  const groups = conduitSuite.groups.map((group) => ({ group, steps: listSteps(group) }));
  const steps = groups.flatMap((group) => group.steps);
  const pointers = new Set(assertions.map(({ pointer }) => pointer));
  const schemas = [...pointers].filter((pointer) => pointer.startsWith(schemaPointer('')));
  const asserted = [...rules.keys()].filter((rule) => pointers.has(`/x-rules/${rule}`));
  const passwords = steps.filter((step) => !('count' in step) && makesPassword(step)).length;
  const text = [
    introduction,
    `Version ${conduitSuite.version}. Every request of a burst counts.`,
    '',
    ...table(
      ['what', 'number'],
      [
        ['assertions', assertions.length],
        ['requests', requests(steps)],
        ['groups', groups.length],
        ['endpoints', new Set(steps.map(({ endpoint }) => endpoint)).size],
        ['schemas that bodies are compared with', schemas.length],
        ['rules of the contract with assertions of their own', `${asserted.length} of ${rules.size}`],
        ['requests that make or compare a password, bursts apart', passwords],
        ['milliseconds of deliberate pauses', steps.reduce((sum, { pauseMs = 0 }) => sum + pauseMs, 0)],
      ],
    ),
    '## By group',
    '',
    ...table(
      ['group', 'what it is about', 'requests', 'assertions'],
      groups.map(({ group, steps: own }) => [`\`${group.id}\``, group.title, requests(own), checks(own)]),
    ),
    '## By endpoint',
    '',
    ...table(
      ['endpoint', 'requests', 'assertions', 'of refusals'],
      endpoints.map((endpoint) => {
        const own = steps.filter((step) => step.endpoint === endpoint);
        return [
          `\`${endpoint}\``,
          requests(own),
          checks(own),
          checks(own.filter(({ status }) => status >= 400)),
        ];
      }),
    ),
  ].join('\n');
  const file = new URL('../../docs/suite-numbers.md', import.meta.url).pathname;
  await expect(`${text.trimEnd()}\n`).toMatchFileSnapshot(file);
});

/** A registration that succeeds, a login that may, a new password. */
function makesPassword({ endpoint, status, id }: AnyStep): boolean {
  if (endpoint === 'POST /users') return status === 201;
  if (endpoint === 'POST /users/login') return status < 422;
  return endpoint === 'PUT /user' && id === 'password';
}

function requests(steps: readonly AnyStep[]): number {
  return steps.reduce((sum, step) => sum + ('count' in step ? step.count : 1), 0);
}

function checks(steps: readonly AnyStep[]): number {
  return steps.reduce((sum, step) => sum + step.checks.length, 0);
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}

import { describe, expect, it } from 'vitest';
import { ModelError } from '../client/types.ts';
import { FakeClient, written } from './testing/fake-client.ts';
import { play, right, scored, wrong } from './testing/play.ts';
import { around, bad, good } from './testing/world.ts';

describe('the repair loop', () => {
  it('sends what failed, and the model that answers it passes', async () => {
    const { record, client, runs } = await play('repair', (request) => {
      const last = request.messages.at(-1)?.text ?? '';
      if (request.messages.length === 1) return wrong;
      return last.includes('GET /tags') && last.includes('{"oops":true}')
        ? written({ 'server.js': good })
        : wrong;
    });
    expect(scored(record)).toMatchObject({ pass: true });
    expect(runs).toHaveLength(2);
    expect(client.asked).toHaveLength(2);
    expect(record.generation?.trajectory?.map(({ kind }) => kind)).toEqual(['turn', 'run', 'turn', 'run']);
  });

  it('tells every failed assertion and every finding when there is room', async () => {
    const { record: first } = await play('single-shot', [wrong], { task: 'express-sqlite' });
    const { client } = await play('repair', [wrong, right], {
      task: 'express-sqlite',
      options: { rounds: 1, kilobytes: 200 },
    });
    const message = client.said(1);
    const failed = first.suite?.assertions.filter(({ status }) => status === 'failed') ?? [];
    expect(failed.length).toBeGreaterThan(0);
    for (const { id, sentence } of failed) expect(message).toContain(`(${id}): ${sentence}`);
    const findings =
      first.verify[0]?.rules.filter((rule) => !rule.compliant).flatMap((rule) => rule.findings) ?? [];
    expect(findings.length).toBeGreaterThan(0);
    for (const { file, line, message: why } of findings) {
      expect(message).toContain(`${file}:${line}:`);
      expect(message).toContain(why.replace(/\s+/g, ' '));
    }
  });

  it.each([
    ['findings', /Broken rules/, /Failed checks/],
    ['assertions', /Failed checks/, /Broken rules/],
  ])('can tell %s alone', async (kind, there, missing) => {
    const { client } = await play('repair', [wrong, right], {
      task: 'express-sqlite',
      options: { feedback: kind, rounds: 1 },
    });
    expect(client.said(1)).toMatch(there);
    expect(client.said(1)).not.toMatch(missing);
  });

  it('tells why a server did not start, with its log', async () => {
    const broken = written({ ...around, 'server.js': 'x\n' });
    const { client } = await play('repair', [broken, right]);
    expect(client.said(1)).toContain('Cannot find module');
  });

  it('keeps the best round and not the last, and stops after its rounds', async () => {
    const broken = written({ 'server.js': 'x\n' });
    const worse = written({ 'server.js': 'y\n' });
    const { record, runs } = await play('repair', [wrong, broken, worse], { options: { rounds: 2 } });
    expect(runs).toHaveLength(3);
    expect(record.files['server.js']).toBe(bad);
    expect(scored(record)?.raw).toBeGreaterThan(0.5);
  });

  it('keeps what it has when the model declines later, and is unscored when the provider fails', async () => {
    const { record } = await play('repair', [wrong, 'I’m sorry, I can’t.']);
    expect(scored(record)?.raw).toBeGreaterThan(0.5);
    const declined = new ModelError({ kind: 'refused', message: 'The model declined.', advice: '' });
    const declining = new FakeClient((_, index) => {
      if (index === 0) return wrong;
      throw declined;
    });
    expect(scored((await play('repair', declining)).record)?.raw).toBeGreaterThan(0.5);
    const failing = new FakeClient((_, index) => {
      if (index === 0) return wrong;
      throw new ModelError({ kind: 'server', message: 'The provider failed.', advice: '' });
    });
    expect((await play('repair', failing)).record.verdict).toMatchObject({ reason: 'provider' });
  });

  it('keeps what it has when the conversation grows too long for the model', async () => {
    const long = new ModelError({ kind: 'request', message: 'The prompt may be too long.', advice: '' });
    const growing = new FakeClient((_, index) => {
      if (index === 0) return wrong;
      throw long;
    });
    const { record } = await play('repair', growing);
    expect(scored(record)?.raw).toBeGreaterThan(0.5);
    expect(JSON.stringify(record.generation?.trajectory)).toContain('too long');
    const first = new FakeClient(() => {
      throw long;
    });
    expect((await play('repair', first)).record.verdict).toMatchObject({ reason: 'provider' });
  });

  it('does not run again what an answer left as it was, and says so to the model', async () => {
    const { client, runs } = await play('repair', [wrong, wrong, right], { options: { rounds: 2 } });
    expect(runs).toHaveLength(2);
    expect(client.said(1)).not.toContain('left every file as it was');
    expect(client.said(2)).toMatch(/^Your last answer left every file as it was/);
    expect(client.said(2)).toContain('GET /tags');
  });

  it('tells the model what of its answer could not be used', async () => {
    const { client } = await play('repair', [`${wrong}\n\nAnd more:\n\n\`\`\`js\nlost();\n\`\`\`\n`, right]);
    expect(client.said(1)).toMatch(/could not be used[^]*names no file/);
  });

  it('stops at its budget, and keeps what it has', async () => {
    const { record, client } = await play('repair', [wrong, wrong, wrong], {
      budget: { cost: 0.02 },
      options: { rounds: 5 },
    });
    expect(client.asked).toHaveLength(2);
    expect(scored(record)?.raw).toBeGreaterThan(0.5);
    expect(JSON.stringify(record.generation?.trajectory)).toContain('budget of $0.02');
  });
});

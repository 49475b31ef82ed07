import { describe, expect, it } from 'vitest';
import { readFixtures } from '../testing/fixtures.ts';
import { checkOrm } from './paper.ts';

const fixtures = readFixtures(
  import.meta.glob<string>('./fixtures/**/*', { query: '?raw', import: 'default', eager: true }),
);

describe('the ORM rule of the paper', () => {
  it('has fixtures of every kind', () => {
    expect(new Set(fixtures.map((fixture) => fixture.kind)).size).toBe(4);
    expect(fixtures).toHaveLength(10);
  });

  it.each(fixtures)('is right about $kind/$name', ({ kind, sources }) => {
    const language = kind.endsWith('python') ? 'python' : 'node';
    expect(checkOrm(sources, language).compliant).toBe(kind.startsWith('passing'));
  });

  it('says what there is no evidence of', () => {
    expect(checkOrm([], 'node').findings[0]?.message).toBe(
      'there is no evidence of Sequelize: no import, no dependency',
    );
    expect(checkOrm([], 'python').findings[0]?.message).toContain('SQLAlchemy');
  });
});

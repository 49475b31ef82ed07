import { describe, expect, it } from 'vitest';
import type { RuleResult, VerifyResult } from '../src/domain/verdict.ts';
import { checkArchitecture as checkArchitectureOfPaper } from './architecture/paper.ts';
import { checkArchitecture } from './architecture/parser.ts';
import { checkDatabase as checkDatabaseOfPaper } from './database/paper.ts';
import { checkDatabase } from './database/parser.ts';
import { explain } from './disagreement.ts';
import { placeAt } from './disagreement/places.ts';
import { verify } from './index.ts';
import { checkOrm as checkOrmOfPaper } from './orm/paper.ts';
import { checkOrm } from './orm/parser.ts';
import { readProject } from './syntax/project.ts';
import type { Weakness } from './testing/fixture-files.ts';
import { readFixtures } from './testing/fixtures.ts';
import { loadFixtures } from './testing/measure.ts';

const asResult = (profile: VerifyResult['profile'], rule: RuleResult): VerifyResult => ({
  profile,
  version: '1.0.0',
  rules: [rule],
  compliant: rule.compliant,
});

/** What the reason must say for each weakness of the paper that the labelled fixtures show. */
const causes: Record<Weakness, RegExp> = {
  'queries-in-routes':
    /looks at imports only.*the route at \S+:\d+ queries by itself|no evidence for the paper/,
  'framework-in-models': /knows no web frameworks: the model at \S+:\d+/,
  'indirect-import': /passes on what|does not resolve it; it leads to|by a name on its path/,
  'form-of-import': /does not look for (?:imports|require|modules) .*, as at \S+:\d+/,
  'unknown-directory': /does not know these directories|knows no layer in the path|is outside any layer/,
  'name-of-module': /by a name on its path|By its order of layers/,
  'type-only': /counts an import of types at \S+:\d+/,
  'comment-or-string': /a comment|a string|a document/,
  'not-running': /does not run|an empty file|a test|no code|a declared dependency|a file for containers/,
  'unknown-package': /is no evidence for the paper’s rule: \S+:\d+/,
  'value-not-evaluated':
    /does not take effect|does not run|a declared dependency|a test|no evidence for|does not notice the other database/,
  'declared-or-imported': /a declared dependency|content with|does not notice the other database/,
  'opened-not-used': /content with .*never used|content with .*nothing is read or written/,
  'lone-django-backend': /does not notice the other database/,
  'around-the-orm': /content with .*in fact/,
};

describe('the labelled fixtures', () => {
  const cases = loadFixtures().flatMap((fixture) => {
    const { task, files } = fixture;
    const found = explain(verify(task, files, 'paper'), verify(task, files, 'parser'), files);
    return found.map((one) => [`${fixture.name} (${one.rule})`, fixture, one] as const);
  });

  it('show at least a hundred disagreements', () => {
    expect(cases.length).toBeGreaterThanOrEqual(100);
  });

  it.each(cases.filter(([, fixture]) => fixture.weakness !== undefined))(
    'names the cause of %s',
    (_, fixture, one) => {
      const { weakness } = fixture;
      expect(one.reason).toMatch(weakness === undefined ? /./ : causes[weakness]);
      expect(one.reason).toMatch(/[\w.]+:\d+|directories/);
      expect(one.paper).not.toBe(one.parser);
      expect([one.findings.paper.length, one.findings.parser.length].every((count) => count > 0)).toBe(true);
    },
  );
});

describe('the fixtures of the paper’s rules', () => {
  const texts = import.meta.glob<string>('./*/fixtures/*/**/*', {
    query: '?raw',
    import: 'default',
    eager: true,
  });
  const of = (rule: string) =>
    readFixtures(
      Object.fromEntries(
        Object.entries(texts)
          .filter(([path]) => path.startsWith(`./${rule}/`))
          .map(([path, text]) => [path.replace(`./${rule}/`, './'), text]),
      ),
    );
  const reasons = (rule: string): Record<string, string> =>
    Object.fromEntries(
      of(rule).flatMap(({ kind, name, sources }) => {
        const project = readProject(sources);
        const wanted = kind.endsWith('postgres') ? 'postgres' : 'sqlite';
        const language = sources.some(({ path }) => path.endsWith('.py') || path.endsWith('.txt'))
          ? 'python'
          : 'node';
        const [paper, parser] =
          rule === 'architecture'
            ? [checkArchitectureOfPaper(sources), checkArchitecture(project)]
            : rule === 'database'
              ? [checkDatabaseOfPaper(sources, wanted), checkDatabase(project, wanted)]
              : [checkOrmOfPaper(sources, language), checkOrm(project, language)];
        const files = Object.fromEntries(sources.map(({ path, text }) => [path, text]));
        const found = explain(asResult('paper', paper), asResult('parser', parser), files);
        return found.map(({ reason }) => [`${kind}/${name}`, reason]);
      }),
    );

  it.each([
    [
      'architecture',
      { 'passing/multi-line-import-is-missed': /imports over several lines, as at services\/a.js:1/ },
    ],
    [
      'database',
      {
        'passing-postgres/django-default-kept':
          /content with the Django backend postgresql at settings.py:2; in fact/,
        'passing-postgres/npm-driver': /content with the npm package pg at db.js:1; in fact/,
        'passing-postgres/sequelize': /content with the Sequelize dialect postgres at db.js:1; in fact/,
        'passing-sqlite/lock-file-names-both':
          /the npm package sqlite3 at package.json:1, a declared dependency/,
        'passing-sqlite/npm-driver': /better-sqlite3 at package.json:1, a declared dependency; in fact/,
        'passing-sqlite/python-driver': /content with an import of sqlite3 at db.py:1; in fact/,
        'passing-sqlite/url-with-driver': /content with a sqlite URL at db.py:1; in fact/,
      },
    ],
    [
      'orm',
      {
        'passing-node/declared-only':
          /a dependency on sequelize at package.json:1, a declared dependency; in fact/,
        'passing-node/import': /content with an import of sequelize at db.js:1; in fact/,
        'passing-node/require': /content with a require of sequelize at db.js:1; in fact/,
        'passing-python/declared-only':
          /the name SQLAlchemy at requirements.txt:1, a declared dependency; in fact/,
        'passing-python/import': /content with an import of sqlalchemy at models.py:1; in fact/,
      },
    ],
  ])('of %s are explained where only the parser objects', (rule, expected) => {
    const found = reasons(rule);
    expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, pattern] of Object.entries(expected)) expect(found[name]).toMatch(pattern);
  });
});

describe('explain', () => {
  it('says nothing where the profiles agree or only one has the rule', () => {
    const rule: RuleResult = { rule: 'database', compliant: true, findings: [] };
    const framework: RuleResult = { rule: 'framework', compliant: false, findings: [] };
    expect(explain(asResult('paper', rule), asResult('parser', rule), {})).toEqual([]);
    expect(explain(asResult('paper', rule), asResult('parser', framework), {})).toEqual([]);
  });

  it('tells comments, strings and code apart', () => {
    const python = 'a = "#" # b\n"""c\n"d"\n"""\ne = f\'g\\\'h\' + i';
    const script = "a = '//' // b\n/* c */ d = `e ${f} // g` + h; 'i\nj";
    const show = (text: string, isPython: boolean) =>
      [...'abcdefghij']
        .map((letter) => [letter, placeAt(text, isPython, text.indexOf(letter))] as const)
        .filter(([letter]) => text.includes(letter))
        .map(([letter, place]) => letter + place.charAt(2))
        .join(' ');
    expect(show(python, true)).toBe('ad bm cr dr ed fd gr hr id');
    expect(show(script, false)).toBe('ad bm cm dd er fr gr hd ir jd');
  });
});

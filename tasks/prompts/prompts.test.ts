import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Task } from '../../src/domain/task.ts';
import { contract, endpoints, rules } from '../contract/index.ts';
import { findTask, frameworkLabels, ormLabel, tasks } from '../index.ts';
import { fill, type TemplateValues } from './fill.ts';
import { buildPrompt, promptTemplates, promptValues, promptVersion, TemplateError } from './index.ts';

function task(id: string): Task {
  const found = findTask(id);
  if (found === undefined) throw new Error(id);
  return found;
}

function section(of: Task, id: string): string {
  return buildPrompt(of).sections.find((one) => one.id === id)?.text ?? '';
}

const skeleton = (id: string) =>
  buildPrompt(
    task(id),
    promptTemplates.filter((one) => one.id !== 'contract'),
  ).text;

const every = tasks.map((one) => [one.id, one] as const);

describe('the prompt of a task', () => {
  it('reads as it did before, or has another version', async () => {
    expect(promptVersion).toBe('1.0.0');
    for (const id of [
      'flask-unconstrained',
      'express-clean_architecture',
      'koa-sqlite-sequelize',
      'django-clean_architecture-postgres-sqlalchemy',
    ]) {
      await expect(skeleton(id)).toMatchFileSnapshot(`testing/golden/${id}.md`);
    }
  });

  it.each(every)('%s: has its sections in order, one for each constraint', (_, one) => {
    const { architecture, database, orm } = one.constraints;
    const prompt = buildPrompt(one);
    expect(prompt.sections.map(({ id }) => id)).toEqual([
      'contract',
      'request',
      'requirements',
      ...(architecture ? ['constraint-architecture'] : []),
      ...(database === undefined ? [] : ['constraint-database']),
      ...(orm ? ['constraint-orm'] : []),
      'files',
      'server',
      'evaluation',
    ]);
    let from = 0;
    for (const { title, text } of prompt.sections) {
      const at = prompt.text.indexOf(`# ${title}\n\n${text}\n`, from);
      expect(at).toBeGreaterThanOrEqual(from);
      from = at + text.length;
    }
    expect(prompt.text).not.toContain('{{');
    expect(prompt.text).not.toMatch(/undefined|\[object/);
  });

  it('has the whole contract first', () => {
    const text = section(task('hono-sqlite'), 'contract');
    const [, json = ''] = /^```json\n([^]*)\n```$/m.exec(text) ?? [];
    const withoutRules: unknown = JSON.parse(JSON.stringify(contract), (key, value: unknown) =>
      key === 'x-rules' ? undefined : value,
    );
    expect(JSON.parse(json)).toEqual(withoutRules);
    for (const endpoint of endpoints) expect(json).toContain(`"${endpoint.split(' ')[1]}"`);
    for (const sentence of rules.values()) expect(json).toContain(JSON.stringify(sentence).slice(1, -1));
  });

  it.each(every)('%s: names language, framework and place', (_, one) => {
    const [language, runtime] =
      one.language === 'python' ? ['Python', 'Python 3.12'] : ['Node.js', 'Node.js 20'];
    expect(section(one, 'request')).toContain(`a complete ${language} REST API server`);
    expect(section(one, 'request')).toContain(runtime);
    expect(section(one, 'requirements')).toContain(`written with ${frameworkLabels[one.framework]}.`);
    expect(section(one, 'requirements')).toContain('current directory');
    expect(section(one, 'requirements').includes('four layers')).toBe(one.constraints.architecture);
    expect(section(one, 'requirements').includes(ormLabel(one))).toBe(one.constraints.orm);
    const other = one.constraints.database === 'sqlite' ? 'PostgreSQL' : 'SQLite';
    expect(skeleton(one.id)).not.toContain(other);
  });

  it.each(every.filter(([, one]) => one.constraints.architecture))('%s: asks for four layers', (_, one) => {
    const text = section(one, 'constraint-architecture');
    expect(text).toContain('each in a directory of its own');
    for (const layer of [
      'routes',
      'handlers',
      'services',
      'usecases',
      'repositories',
      'data_access',
      'models',
      'entities',
    ]) {
      expect(text).toContain(`\`${layer}\``);
    }
    expect(text).toContain('depends only downwards');
  });

  it.each(every.filter(([, one]) => one.constraints.database === 'postgres'))(
    '%s: tells how PostgreSQL is reached',
    (_, one) => {
      const text = section(one, 'constraint-database');
      expect(text).toContain('PostgreSQL 16');
      expect(text).toContain('is running already');
      const access = [
        'host: postgres',
        'port: 5432',
        'user: user',
        'password: password',
        'database: conduit',
      ];
      for (const line of access) expect(text).toContain(`- ${line}\n`);
      expect(text).toContain('schema when it starts');
    },
  );

  it.each(every.filter(([, one]) => one.constraints.database === 'sqlite'))(
    '%s: asks for SQLite and its schema at start-up',
    (_, one) => {
      expect(section(one, 'constraint-database')).toMatch(/SQLite database, and in no other/);
      expect(section(one, 'constraint-database')).toMatch(/its schema, when it starts/);
    },
  );

  it.each(every.filter(([, one]) => one.constraints.orm))('%s: asks for its ORM', (_, one) => {
    const [orm, other] =
      one.language === 'python' ? ['SQLAlchemy', 'Sequelize'] : ['Sequelize', 'SQLAlchemy'];
    expect(section(one, 'constraint-orm')).toContain(`models of ${orm}`);
    expect(skeleton(one.id)).not.toContain(other);
  });

  it.each(every)('%s: names files, server and evaluation', (_, one) => {
    const port = one.language === 'python' ? 8080 : 3000;
    const install = one.language === 'python' ? 'uv pip install -r requirements.txt' : 'npm install';
    const files = section(one, 'files');
    expect(files).toContain(one.language === 'python' ? '`requirements.txt`' : '`package.json`');
    expect(files).toContain('`run.sh`');
    expect(files).toContain('Do not invent versions');
    expect(files).toContain('`>=`');
    const server = section(one, 'server');
    expect(server).toContain(`port ${port}`);
    expect(server).toContain('`GET /api/health-check` is answered with 200');
    expect(server).toContain('the prefix `/api`');
    const evaluation = section(one, 'evaluation');
    const order = [
      `\`${install}\``,
      '`chmod +x run.sh`',
      '`./run.sh` in the foreground',
      `http://localhost:${port}/api/health-check`,
      'with 200',
      'fails every test',
      `\`http://localhost:${port}/api\``,
      '10 s',
      'The code is read',
    ].map((part) => evaluation.indexOf(part));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('takes templates of a user in place of ours', () => {
    const templates = [
      { id: 'request', title: 'Job', text: 'Use {{framework}} on {{port}}.\n{{if orm}}And {{orm}}.' },
    ] as const;
    expect(buildPrompt(task('koa-sqlite'), templates).text).toBe('# Job\n\nUse Koa on 3000.\n');
    expect(buildPrompt(task('koa-sqlite-sequelize'), templates).text).toContain('\nAnd Sequelize.\n');
    const wrong = [{ id: 'request', title: 'Job', text: '{{frame}}' }] as const;
    expect(() => buildPrompt(task('koa-sqlite'), wrong)).toThrow(TemplateError);
  });

  it('uses every variable and condition that it offers', () => {
    const text = promptTemplates.map((one) => `${one.text}{{if ${one.when ?? ''}}}`).join('\n');
    const { variables, conditions } = promptValues(task('flask-sqlite'));
    for (const name of Object.keys(variables)) expect(text).toContain(`{{${name}}}`);
    for (const name of Object.keys(conditions)) expect(text).toContain(`{{if ${name}}}`);
  });
});

it('docs/prompts.md names every section, variable and condition', () => {
  const text = readFileSync(new URL('../../docs/prompts.md', import.meta.url), 'utf8');
  const { variables, conditions } = promptValues(task('flask-sqlite'));
  const names = [
    ...promptTemplates.map(({ id }) => id),
    ...Object.keys(variables),
    ...Object.keys(conditions),
  ];
  expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

describe('fill', () => {
  const values: TemplateValues = { variables: { a: '{{b}}', b: 'x' }, conditions: { yes: true, no: false } };

  it('puts values in, once', () => {
    expect(fill('1 {{a}} 2 {{b}}{{b}}', values)).toBe('1 {{b}} 2 xx');
  });

  it('keeps lines whose condition holds', () => {
    expect(fill('{{if yes}}one\n{{if no}}two {{b}}\nthree', values)).toBe('one\nthree');
  });

  it.each([
    ['{{c}}', 'There is no variable "c" in: {{c}}. Variables: a, b.'],
    ['{{constructor}}', 'There is no variable "constructor"'],
    ['{{if maybe}}x', 'There is no condition "maybe" in: {{if maybe}}x. Conditions: yes, no.'],
    ['{{if toString}}x', 'There is no condition "toString"'],
    ['a {{ b }}', '"{{" is not the start of a variable in: a {{ b }}'],
    ['a {{if yes}}b', '"{{" is not the start of a variable'],
    ['{{b', '"{{" is not the start of a variable'],
  ])('refuses %s', (template, message) => {
    expect(() => fill(template, values)).toThrow(message);
  });
});

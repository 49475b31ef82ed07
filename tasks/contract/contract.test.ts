import { Validator } from '@seriousme/openapi-schema-validator';
import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { isObject, resolvePointer, type Json } from '../json.ts';
import {
  contract,
  contractVersion,
  endpointPointer,
  endpoints,
  generalRules,
  lookUp,
  rules,
  rulesOf,
  schemaPointer,
  type Endpoint,
} from './index.ts';

const file = new URL('openapi.json', import.meta.url).pathname;

/** Every value of a JSON document with its key. */
function* walk(value: Json, key = ''): Generator<[string, Json]> {
  yield [key, value];
  if (Array.isArray(value)) for (const item of value) yield* walk(item);
  else if (isObject(value)) for (const [name, item] of Object.entries(value)) yield* walk(item, name);
}

function object(value: Json | undefined): { [key: string]: Json } {
  if (!isObject(value)) throw new Error(`no object: ${JSON.stringify(value)}`);
  return value;
}

const statusesOf = (endpoint: Endpoint) =>
  Object.keys(object(resolvePointer(contract, `${endpointPointer(endpoint)}/responses`)));
const needsToken = (endpoint: Endpoint) =>
  JSON.stringify(resolvePointer(contract, `${endpointPointer(endpoint)}/security`)) === '[{"token":[]}]';

describe('the contract', () => {
  it('has the 19 endpoints of Conduit below /api', () => {
    expect(endpoints).toHaveLength(19);
    expect(resolvePointer(contract, '/servers')).toEqual([{ url: '/api' }]);
    expect(resolvePointer(contract, '/openapi')).toBe('3.0.3');
    expect(contractVersion).toBe('1.0.0');
  });

  it('is valid by a public validator', async () => {
    const result = await new Validator().validate(JSON.parse(readFileSync(file, 'utf8')));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });

  it.each<[string, (document: string) => string]>([
    ['a misspelt keyword', (text) => text.replace('"requestBody"', '"requestBdoy"')],
    ['a type that there is not', (text) => text.replace('"type": "integer"', '"type": "int"')],
    ['an answer without a description', (text) => text.replace('"description": "The tags.",', '')],
  ])('is refused by that validator when broken: %s', async (_, breakIt) => {
    const text = readFileSync(file, 'utf8');
    const broken = breakIt(text);
    expect(broken).not.toBe(text);
    expect((await new Validator().validate(JSON.parse(broken))).valid).toBe(false);
  });

  it('has no reference that leads nowhere or in a circle, and no component that nobody refers to', () => {
    const references = [...walk(contract)].flatMap(([key, value]) => (key === '$ref' ? [String(value)] : []));
    expect(references.length).toBeGreaterThan(50);
    expect(references.filter((ref) => resolvePointer(contract, ref.slice(1)) === undefined)).toEqual([]);
    const targets = ['schemas', 'responses', 'parameters'].flatMap((kind) =>
      Object.keys(object(resolvePointer(contract, `/components/${kind}`))).map(
        (name) => `#/components/${kind}/${name}`,
      ),
    );
    expect(targets.filter((target) => !references.includes(target))).toEqual([]);
    const reach = (value: Json, depth: number): void => {
      if (depth > 12) throw new Error('references in a circle');
      for (const [key, ref] of walk(value)) {
        if (key === '$ref') reach(resolvePointer(contract, String(ref).slice(1)) ?? null, depth + 1);
      }
    };
    expect(() => reach(contract, 0)).not.toThrow();
  });

  it('requires only what a schema has', () => {
    const lost = [...walk(contract)].flatMap(([, value]) => {
      if (!isObject(value) || value['type'] !== 'object' || !Array.isArray(value['required'])) return [];
      const properties = value['properties'] ?? null;
      return value['required'].filter(
        (name) => !isObject(properties) || properties[String(name)] === undefined,
      );
    });
    expect(lost).toEqual([]);
  });

  it.each(endpoints)('says for %s what is answered and who may ask', (endpoint) => {
    const statuses = statusesOf(endpoint);
    expect(statuses.filter((status) => status.startsWith('2'))).toHaveLength(1);
    expect(statuses.includes('401')).toBe(needsToken(endpoint) || endpoint === 'POST /users/login');
    const hasBody = resolvePointer(contract, `${endpointPointer(endpoint)}/requestBody`) !== undefined;
    expect(statuses.includes('422')).toBe(hasBody);
    const parameters = [...endpoint.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    expect(statuses.includes('404')).toBe(parameters.length > 0);
    const path = endpointPointer(endpoint).replace(/\/\w+$/, '/parameters');
    const declared = (resolvePointer(contract, path) as Json[] | undefined) ?? [];
    expect(declared.map((_, i) => lookUp(`${path}/${i}/name`))).toEqual(parameters);
  });

  it('gives every refusal the same body, and an answer of 204 none', () => {
    for (const endpoint of endpoints) {
      for (const status of statusesOf(endpoint)) {
        const media = lookUp(`${endpointPointer(endpoint)}/responses/${status}/content`);
        if (status === '204') expect(media).toBeUndefined();
        else expect(Object.keys(object(media))).toEqual(['application/json']);
        if (!status.startsWith('4')) continue;
        const schema = resolvePointer(object(media), '/application~1json/schema/$ref');
        expect(schema).toBe('#/components/schemas/ErrorResponse');
      }
    }
  });

  it('does not contradict itself about the body of list items', () => {
    const item = schemaPointer('ArticleListItem');
    expect(resolvePointer(contract, `${item}/properties/body`)).toBeUndefined();
    expect(resolvePointer(contract, `${item}/required`)).not.toContain('body');
    expect(resolvePointer(contract, `${schemaPointer('Article')}/required`)).toContain('body');
    for (const endpoint of ['GET /articles', 'GET /articles/feed'] as const) {
      expect(rulesOf(endpoint)).toContain('list-no-body');
    }
    const { body: _, ...others } = object(resolvePointer(contract, `${schemaPointer('Article')}/properties`));
    expect(resolvePointer(contract, `${item}/properties`)).toEqual(others);
  });
});

describe('the rules of the contract', () => {
  it('have short ids and one text each', () => {
    expect(rules.size).toBeGreaterThan(60);
    for (const [id, text] of rules) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+){0,3}$/);
      expect(text).toMatch(/^[A-Z`].*\.$/);
    }
    expect(new Set(rules.values()).size).toBe(rules.size);
  });

  it('are each named by an operation or for all, not by both, and none is named that there is not', () => {
    const named = new Set([...generalRules, ...endpoints.flatMap(rulesOf)]);
    expect([...rules.keys()].filter((id) => !named.has(id))).toEqual([]);
    expect([...named].filter((id) => !rules.has(id))).toEqual([]);
    const twice = endpoints.flatMap(rulesOf).filter((id) => generalRules.includes(id));
    expect(twice).toEqual([]);
    for (const endpoint of endpoints) expect(new Set(rulesOf(endpoint)).size).toBe(rulesOf(endpoint).length);
  });

  it('name no status that their operations do not answer', () => {
    const missing = endpoints.flatMap((endpoint) =>
      rulesOf(endpoint).flatMap((id) =>
        [...(rules.get(id) ?? '').matchAll(/\b4\d\d\b/g)]
          .map(([status]) => status)
          .filter((status) => !elsewhere.has(`${id} ${status}`) && !statusesOf(endpoint).includes(status))
          .map((status) => `${endpoint} ${id} ${status}`),
      ),
    );
    expect(missing).toEqual([]);
  });

  it('are the prose of the file: run this test with -u after a change of a rule', async () => {
    const text = await format(JSON.stringify(withProse(contract)), { parser: 'json', printWidth: 110 });
    await expect(text).toMatchFileSnapshot(file);
  });
});

/** Rules that say what another operation answers, which has this status. */
const elsewhere = new Set(['article-gone 404', 'slug-change 404', 'user-everywhere 404']);

/** The document with its descriptions written from its rules: of an operation all, of the whole after its first paragraph. */
function withProse(document: Json): Json {
  const copy = structuredClone(document);
  const sentences = (holder: { [key: string]: Json }) =>
    (holder['x-rules'] as string[]).map((id) => rules.get(id) ?? '');
  const info = object(resolvePointer(copy, '/info'));
  const [introduction = ''] = String(info['description']).split('\n\n');
  info['description'] = [introduction, ...sentences(info)].join('\n\n');
  for (const endpoint of endpoints) {
    const operation = object(resolvePointer(copy, endpointPointer(endpoint)));
    operation['description'] = sentences(operation).join(' ');
  }
  return copy;
}

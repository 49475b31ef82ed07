import { describe, expect, it } from 'vitest';
import { isObject, resolvePointer, type Json } from '../json.ts';
import { compareWithSchema, contract, endpointPointer, endpoints, lookUp } from './index.ts';

interface Example {
  place: string;
  /** Pointer to the schema that the value has to fit. */
  schema: string;
  value: Json;
}

const json = 'content/application~1json';

/** Every example of requests and answers, at every operation. */
const examples: Example[] = endpoints.flatMap((endpoint) => {
  const operation = endpointPointer(endpoint);
  const responses = Object.keys(resolvePointer(contract, `${operation}/responses`) ?? {});
  const places = [
    ...(lookUp(`${operation}/requestBody`) === undefined ? [] : [`${operation}/requestBody/${json}`]),
    ...responses
      .filter((status) => status !== '204')
      .map((status) => `${operation}/responses/${status}/${json}`),
  ];
  return places.flatMap((place) => examplesAt(place));
});

function examplesAt(place: string): Example[] {
  const media = lookUp(place);
  if (!isObject(media)) throw new Error(`no media type at ${place}`);
  const schema = String(resolvePointer(media, '/schema/$ref')).slice(1);
  const many = isObject(media['examples']) ? Object.entries(media['examples']) : [];
  const values = [
    ...(media['example'] === undefined ? [] : [{ place, value: media['example'] }]),
    ...many.map(([name, one]) => ({
      place: `${place}/${name}`,
      value: resolvePointer(one, '/value') ?? null,
    })),
  ];
  if (values.length === 0) throw new Error(`no example at ${place}`);
  return values.map((one) => ({ ...one, schema }));
}

describe('the examples of the contract', () => {
  it('stand at every request and every answer', () => {
    expect(examples.length).toBeGreaterThan(60);
  });

  it.each(examples.map((one) => [one.place, one] as const))(
    'fit their schema: %s',
    (_, { value, schema }) => {
      expect(compareWithSchema(value, schema)).toEqual([]);
    },
  );

  it('stand at every parameter, and are of its type', () => {
    const parameters = endpoints.flatMap((endpoint) => {
      const operation = endpointPointer(endpoint);
      return [operation, operation.replace(/\/\w+$/, '')].flatMap((place) => {
        const list = resolvePointer(contract, `${place}/parameters`);
        return Array.isArray(list) ? list.map((_, i) => lookUp(`${place}/parameters/${i}`)) : [];
      });
    });
    expect(parameters.length).toBeGreaterThan(15);
    for (const parameter of parameters) {
      const example = resolvePointer(parameter ?? null, '/example');
      const type = resolvePointer(parameter ?? null, '/schema/type');
      expect(typeof example).toBe(type === 'integer' ? 'number' : 'string');
    }
  });

  it('tell of the same people and the same article', () => {
    const all = (key: string) => [...new Set(examples.flatMap(({ value }) => [...valuesOf(value, key)]))];
    expect(all('username')).toEqual(['maren', ['is taken'], 'tobias']);
    expect(all('slug')).toEqual(['bees-on-a-roof', 'bees-on-two-roofs']);
    expect(all('email')).toEqual(['maren@example.org']);
    expect(all('createdAt').length).toBe(2);
    const ids = [...all('id'), lookUp('/components/parameters/commentId/example')];
    expect(new Set(ids).size).toBe(1);
    expect(lookUp('/components/parameters/slug/example')).toBe('bees-on-a-roof');
    expect(lookUp('/components/parameters/username/example')).toBe('maren');
  });

  it('give back what was asked for', () => {
    const asked = lookUp(`${endpointPointer('POST /articles')}/requestBody/${json}/example/article`);
    const answered = lookUp(`${endpointPointer('POST /articles')}/responses/201/${json}/example/article`);
    expect(answered).toMatchObject(isObject(asked) ? asked : { none: true });
  });

  it('have no body in lists, and no secrets', () => {
    for (const endpoint of ['GET /articles', 'GET /articles/feed'] as const) {
      const list = lookUp(`${endpointPointer(endpoint)}/responses/200/${json}/example`) ?? null;
      expect([...valuesOf(list, 'articles')]).toHaveLength(1);
      expect([...valuesOf(list, 'body')]).toEqual([]);
    }
    const answers = examples.filter(({ place }) => place.includes('/responses/'));
    expect(answers.flatMap(({ value }) => [...valuesOf(value, 'password')])).toEqual([]);
  });
});

/** Every value under this key, at any depth. */
function* valuesOf(value: Json, key: string): Generator<Json> {
  if (Array.isArray(value)) for (const item of value) yield* valuesOf(item, key);
  if (!isObject(value)) return;
  for (const [name, item] of Object.entries(value)) {
    if (name === key) yield item;
    yield* valuesOf(item, key);
  }
}

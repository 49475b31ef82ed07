import { describe, expect, it } from 'vitest';
import { limits } from '../../domain/limits.ts';
import { readCollection, readEnvironment } from '../../postman/read-collection.ts';
import { SuiteChoice } from './suite-choice.svelte.ts';

const file = (name: string, text: string, size = text.length) => ({
  name,
  size,
  text: () => Promise.resolve(text),
});

function choice() {
  return new SuiteChoice({
    readCollection: (text) => Promise.resolve(readCollection(text)),
    readEnvironment: (text) => Promise.resolve(readEnvironment(text)),
  });
}

/** A collection with as many requests. */
const collection = (requests: number) =>
  JSON.stringify({
    info: { name: 'Mine', schema: 'collection/v2.1.0/collection.json' },
    item: Array.from({ length: requests }, () => ({ request: {} })),
  });

describe('the choice of a suite', () => {
  it('is the built-in one at first, and again after a reset', async () => {
    const suite = choice();
    expect(suite.request).toEqual({});
    await suite.chooseCollection(file('a.json', collection(1)));
    suite.reset();
    expect(suite.request).toEqual({});
  });

  it('takes a collection with its environment and what it is for', async () => {
    const suite = choice();
    await suite.chooseCollection(file('a.json', collection(3)));
    await suite.chooseEnvironment(file('env.json', '{"values":[]}'));
    suite.role = 'beside';
    expect(suite.collection).toMatchObject({ name: 'Mine', requests: 3 });
    expect(suite.request).toEqual({
      collection: {
        source: { fileName: 'a.json', collection: collection(3), environment: '{"values":[]}' },
        role: 'beside',
      },
    });
    suite.removeEnvironment();
    expect(suite.request.collection?.source).not.toHaveProperty('environment');
  });

  it.each([
    ['no collection', file('b.json', 'nothing'), /^b\.json cannot be used: The collection is no JSON/],
    ['a file that is too large', file('b.json', '{}', limits.collectionBytes + 1), /larger than 8 MB/],
  ])('refuses %s, and keeps what was chosen before', async (_, refused, message) => {
    const suite = choice();
    await suite.chooseCollection(file('a.json', collection(1)));
    await suite.chooseCollection(refused);
    expect(suite.error).toMatch(message);
    expect(suite.request.collection?.source.fileName).toBe('a.json');
  });

  it.each(['[', '[]', '{"values":{}}', 'null'])('refuses the environment %s', async (text) => {
    const suite = choice();
    await suite.chooseCollection(file('a.json', collection(1)));
    await suite.chooseEnvironment(file('env.json', text));
    expect(suite.error).toMatch(/^env\.json cannot be used: /);
    expect(suite.environment).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { limits } from '../../domain/limits.ts';
import { SuiteChoice } from './suite-choice.svelte.ts';

const file = (name: string, text: string, size = text.length) => ({
  name,
  size,
  text: () => Promise.resolve(text),
});

function choice() {
  return new SuiteChoice({
    readCollection: (text) =>
      text.startsWith('{')
        ? Promise.resolve({ name: 'Mine', requests: 3 })
        : Promise.reject(new Error('it is no JSON. Export it from Postman as Collection v2.1.')),
  });
}

describe('the choice of a suite', () => {
  it('is the built-in one at first, and again after a reset', async () => {
    const suite = choice();
    expect(suite.request).toEqual({});
    await suite.chooseCollection(file('a.json', '{}'));
    suite.reset();
    expect(suite.request).toEqual({});
  });

  it('takes a collection with its environment and what it is for', async () => {
    const suite = choice();
    await suite.chooseCollection(file('a.json', '{"x":1}'));
    await suite.chooseEnvironment(file('env.json', '{"values":[]}'));
    suite.role = 'beside';
    expect(suite.collection).toMatchObject({ name: 'Mine', requests: 3 });
    expect(suite.request).toEqual({
      collection: {
        source: { fileName: 'a.json', collection: '{"x":1}', environment: '{"values":[]}' },
        role: 'beside',
      },
    });
    suite.removeEnvironment();
    expect(suite.request.collection?.source).not.toHaveProperty('environment');
  });

  it.each([
    ['no collection', file('b.json', 'nothing'), /^b\.json cannot be used: it is no JSON\. Export/],
    ['a file that is too large', file('b.json', '{}', limits.collectionBytes + 1), /larger than 8 MB/],
  ])('refuses %s, and keeps what was chosen before', async (_, refused, message) => {
    const suite = choice();
    await suite.chooseCollection(file('a.json', '{}'));
    await suite.chooseCollection(refused);
    expect(suite.error).toMatch(message);
    expect(suite.request.collection?.source.fileName).toBe('a.json');
  });

  it.each(['[', '[]', '{"values":{}}', 'null'])('refuses the environment %s', async (text) => {
    const suite = choice();
    await suite.chooseCollection(file('a.json', '{}'));
    await suite.chooseEnvironment(file('env.json', text));
    expect(suite.error).toMatch(/^env\.json cannot be used: /);
    expect(suite.environment).toBeUndefined();
  });
});

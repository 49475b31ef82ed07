import { expect, it } from 'vitest';
import type { CollectionSource } from '../domain/collection.ts';
import { findAddresses } from './addresses.ts';

function source(
  variable: object[],
  environment?: object[],
  variables?: Record<string, string>,
): CollectionSource {
  return {
    fileName: 'x.json',
    collection: JSON.stringify({ info: {}, item: [], variable }),
    ...(environment !== undefined && { environment: JSON.stringify({ values: environment }) }),
    ...(variables !== undefined && { variables }),
  };
}

it('leads to the submission by its own names, and nowhere else', () => {
  const addresses = findAddresses(source([]), 3000);
  for (const host of ['localhost', '127.0.0.1', '[::1]', 'LOCALHOST']) {
    expect(addresses.lead(`http://${host}:3000`)).toBe('submission');
    expect(addresses.lead(`http://${host}:3001`)).toBe('nowhere');
  }
  for (const origin of ['https://localhost:3000', 'http://localhost:80', 'http://10.0.0.1:3000', '', 'x']) {
    expect(addresses.lead(origin)).toBe('nowhere');
  }
  expect(addresses.standIns).toEqual([]);
});

it('takes what the collection calls its server for the submission, and says so', () => {
  const { lead, standIns } = findAddresses(
    source(
      [
        { key: 'baseUrl', value: 'https://api.example.org/api' },
        { key: 'other', value: 'https://bad.example.org' },
      ],
      [
        { key: 'APIURL', value: 'localhost:8080/api' },
        { key: 'base_url', value: '{{host}}/api' },
        { key: 'api-url', value: 'http://{{absent}}/api' },
        { key: 'host', value: 'http://{{name}}:90' },
        { key: 'name', value: 'inner.example.org' },
      ],
      { apiUrl: 'http://localhost:3000/api' },
    ),
    3000,
  );
  expect(standIns.sort()).toEqual([
    'http://inner.example.org:90',
    'http://localhost:8080',
    'https://api.example.org:443',
  ]);
  expect(lead('https://api.example.org:443')).toBe('stand-in');
  expect(lead('http://localhost:8080')).toBe('stand-in');
  expect(lead('http://api.example.org:80')).toBe('nowhere');
  expect(lead('https://bad.example.org:443')).toBe('nowhere');
});

it('is not confused by what is no list of variables', () => {
  const odd = {
    fileName: 'x',
    collection: JSON.stringify({ variable: [null, 1, { key: 1 }, { key: 'baseUrl' }] }),
  };
  expect(findAddresses(odd, 3000).standIns).toEqual([]);
});

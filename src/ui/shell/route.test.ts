import { expect, it } from 'vitest';
import { addressOf, targetOf } from './route.svelte.ts';

it('reads views and what follows them', () => {
  expect(targetOf('')).toEqual({ view: 'playground', path: [] });
  expect(targetOf('#help/levels')).toEqual({ view: 'help', path: ['levels'] });
  expect(targetOf(addressOf('history', 'a/b c'))).toEqual({ view: 'history', path: ['a/b c'] });
});

it('tells a shared run from a view, of any version of links', () => {
  expect(targetOf('#r1.abc')).toEqual({ view: 'shared', fragment: '#r1.abc' });
  expect(targetOf('#r2.abc')).toMatchObject({ view: 'shared' });
  // As a chat has encoded it, and as a messenger has cut it.
  expect(targetOf('#r1%2Eabc%20')).toEqual({ view: 'shared', fragment: '#r1.abc' });
  expect(targetOf('#r1')).toEqual({ view: 'shared', fragment: '#r1.' });
  expect(targetOf('#e1.H4sIAAAA')).toEqual({ view: 'shared', fragment: '#e1.H4sIAAAA' });
});

it('shows the playground for what it does not understand', () => {
  for (const bad of ['#', '#nonsense', '#%E0%A4%A', '#r1x', '#__proto__'])
    expect(targetOf(bad)).toEqual({ view: 'playground', path: [] });
});

import { expect, it } from 'vitest';
import { presets } from '../../generate/client/presets.ts';
import { helpSections, type HelpBlock } from '../english/help.ts';
import { helpTerms } from '../english/terms.ts';
import { pieces, plain } from './inline.ts';
import { modelsSection } from './models-section.ts';
import { searchHelp } from './search.ts';

const sections = [...helpSections, modelsSection('http://localhost:1')];
const ids = [...sections.map(({ id }) => id), 'check'];
const texts = (block: HelpBlock): string[] =>
  typeof block === 'string' ? [block] : Object.values(block).flat(2).map(String);

it('splits lines into text, code and links', () => {
  expect(pieces('Run `npm start`, see [levels](#help/levels).')).toEqual([
    { kind: 'text', text: 'Run ' },
    { kind: 'code', text: 'npm start' },
    { kind: 'text', text: ', see ' },
    { kind: 'link', text: 'levels', href: '#help/levels' },
    { kind: 'text', text: '.' },
  ]);
  expect(plain('Run `npm start`, see [levels](#help/levels).')).toBe('Run npm start, see levels.');
});

it('makes no link of an address that could run something', () => {
  for (const bad of ['[x](javascript:alert(1))', '[x](data:text/html,x)', '[x](http://example.org)'])
    expect(pieces(bad)).toEqual([{ kind: 'text', text: bad }]);
});

it('has sections with addresses of their own, and leads to none that is missing', () => {
  expect(new Set(ids).size).toBe(ids.length);
  const hrefs = sections
    .flatMap(({ blocks }) => blocks.flatMap(texts))
    .flatMap(pieces)
    .flatMap((piece) => (piece.kind === 'link' ? [piece.href] : []));
  expect(hrefs.length).toBeGreaterThan(3);
  for (const href of hrefs.filter((one) => one.startsWith('#help/')))
    expect(ids).toContain(href.slice('#help/'.length));
  for (const { section } of Object.values(helpTerms)) expect(ids).toContain(section);
});

it('finds sections by all words, in any order and case, in tables too', () => {
  const found = (query: string) => searchHelp(helpSections, query).map(({ id }) => id);
  expect(found('')).toHaveLength(helpSections.length);
  expect(found('SIDE cores')).toEqual(['trouble']);
  expect(found('2605.06445')).toEqual(['finding', 'sources']);
  expect(found('zebra crossing')).toEqual([]);
});

it('tells of each provider, and how a local server lets this page in', () => {
  const lines = modelsSection('http://localhost:4173').blocks.flatMap(texts);
  for (const { name, address } of presets) {
    expect(lines).toContain(name);
    if (address !== '') expect(lines).toContain(`\`${address}\``);
  }
  const ollama = lines.find((line) => line.includes('OLLAMA_ORIGINS=')) ?? '';
  expect(pieces(ollama)).toContainEqual({
    kind: 'code',
    text: 'OLLAMA_CONTEXT_LENGTH=32768 OLLAMA_ORIGINS=http://localhost:4173 ollama serve',
  });
});

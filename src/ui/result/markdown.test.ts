import { expect, it } from 'vitest';
import { readMarkdown } from './markdown.ts';
import { ruleDocuments } from './rule-documents.ts';

it('reads what the rules are written in', () => {
  const source = [
    '# A *rule*',
    '',
    'Some `code` and',
    '**more**.',
    '',
    '    const a = 1;',
    '',
    '    b();',
    '',
    '1. one',
    '   goes on',
    '2. two',
    '',
    '| a | b |',
    '| --- | --- |',
    '| `x\\|y` | z |',
  ].join('\n');
  expect(readMarkdown(source)).toEqual([
    {
      kind: 'heading',
      level: 1,
      words: [
        { kind: 'plain', text: 'A ' },
        { kind: 'emphasis', text: 'rule' },
      ],
    },
    {
      kind: 'paragraph',
      words: [
        { kind: 'plain', text: 'Some ' },
        { kind: 'code', text: 'code' },
        { kind: 'plain', text: ' and ' },
        { kind: 'strong', text: 'more' },
        { kind: 'plain', text: '.' },
      ],
    },
    { kind: 'code', text: 'const a = 1;\n\nb();' },
    {
      kind: 'list',
      ordered: true,
      items: [[{ kind: 'plain', text: 'one goes on' }], [{ kind: 'plain', text: 'two' }]],
    },
    {
      kind: 'table',
      rows: [
        [[{ kind: 'plain', text: 'a' }], [{ kind: 'plain', text: 'b' }]],
        [[{ kind: 'code', text: 'x|y' }], [{ kind: 'plain', text: 'z' }]],
      ],
    },
  ]);
});

it.each(Object.entries(ruleDocuments))('reads all of the document of the rule %s', (_, source) => {
  const text = readMarkdown(source)
    .flatMap((block) => {
      if (block.kind === 'code') return [block.text];
      if (block.kind === 'list') return block.items.flat().map((words) => words.text);
      if (block.kind === 'table') return block.rows.flat(2).map((words) => words.text);
      return block.words.map((words) => words.text);
    })
    .join('')
    .replace(/\W/g, '');
  // Numbers of ordered lists and addresses of links are not among the words.
  const bare = source
    .replace(/^\d+\. /gm, '')
    .replace(/\]\([^)]*\)/g, '')
    .replace(/^```\w*$/gm, '')
    .replace(/\W/g, '');
  expect(text).toBe(bare);
});

import { describe, expect, it } from 'vitest';
import { endpointPointer, rulePointer, schemaPointer } from '../contract/index.ts';
import { supportOf } from './pointers.ts';

describe('supportOf', () => {
  it.each([
    ['a schema of the answer', schemaPointer('Article'), 'shape'],
    ['a property of one', `${schemaPointer('Profile')}/properties/following`, 'shape'],
    ['a schema of a refusal', schemaPointer('ErrorResponse'), 'shape'],
    ['an answer of the operation', endpointPointer('GET /articles/{slug}', 404), 'shape'],
    ['a shared answer', '/components/responses/NotFound', 'shape'],
    ['a rule of the operation', rulePointer('article-found'), 'statement'],
    ['a rule that holds for all', rulePointer('json'), 'statement'],
    ['the operation', endpointPointer('GET /articles/{slug}'), 'statement'],
    ['a parameter of the path', '/components/parameters/slug', 'statement'],
    ['a rule of another operation', rulePointer('tags-in-use'), 'nothing'],
    ['a rule that there is not', rulePointer('nothing'), 'nothing'],
    ['a schema of another operation', schemaPointer('Comment'), 'nothing'],
    ['an answer of another operation', endpointPointer('GET /tags', 200), 'nothing'],
    ['an answer that there is not', endpointPointer('GET /articles/{slug}', 422), 'nothing'],
    ['a parameter of another operation', '/components/parameters/limit', 'nothing'],
    ['the title of the document', '/info/title', 'nothing'],
  ])('%s', (_, pointer, by) => {
    expect(supportOf(pointer, ['GET /articles/{slug}']).by).toBe(by);
  });

  it('takes rules of operations that the group has asked before, whose effect is seen later', () => {
    const rule = rulePointer('tags-type');
    expect(supportOf(rule, ['GET /articles/{slug}']).by).toBe('nothing');
    expect(supportOf(rule, ['GET /articles/{slug}', 'POST /articles']).by).toBe('statement');
  });
});

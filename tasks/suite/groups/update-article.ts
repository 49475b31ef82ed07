import { rulePointer } from '../../contract/index.ts';
import type { Json } from '../../json.ts';
import {
  because,
  check,
  errorBody,
  errorNames,
  fits,
  isPublic,
  media,
  requireThat,
  says,
} from '../checks.ts';
import { to } from '../endpoints.ts';
import { account, post } from '../fixtures.ts';
import { Kept } from '../kept.ts';
import { refusals, refusesNoWrapper } from '../refusals.ts';
import { after, ask, prepare, step, succeeded } from '../steps.ts';
import type { Group } from '../types.ts';

export const updateArticle: Group = {
  id: 'articles.update',
  title: 'Changing articles',
  steps(context) {
    const { unique } = context;
    const anna = account(context, 'anna');
    const ben = account(context, 'ben');
    const before = {
      title: `Draft ${unique('one')}`,
      description: 'First',
      body: 'Text',
      tagList: [unique('kept'), unique('also')],
    };
    const article = post('article', anna, before);
    const title = `Final ${unique('two')}`;
    const newSlug = new Kept<string>('the new slug');
    const atNewSlug = () => `/articles/${encodeURIComponent(newSlug.get())}`;
    const tried = succeeded();
    const unknown = `/articles/no-${unique('such')}`;
    const send = (fields: Json) => ask(article.at(), anna, { article: fields });
    const change = { article: { body: 'Changed' } };
    const blank = { article: { body: '' } };
    const changed = (id: string, sentence: string, path: string, wanted: Json) =>
      says(id, sentence, 'article-change', `/article/${path}`, wanted);
    return [
      anna.register,
      ben.register,
      article.create,
      step('no-token', to.change, 401, ask(article.at(), undefined, change), [errorBody]),
      because(
        'article-own',
        'Somebody else’s article cannot be changed.',
        step('foreign', to.change, 403, ask(article.at(), ben, change), [errorBody, media]),
      ),
      step('unknown', to.change, 404, ask(unknown, anna, change), [errorBody]),
      because(
        'check-order',
        'A missing token is noticed before an unknown slug.',
        step('no-token-unknown', to.change, 401, ask(unknown, undefined, change)),
      ),
      because(
        'check-order',
        'An unknown slug is noticed before a wrong body.',
        step('unknown-blank', to.change, 404, ask(unknown, anna, blank)),
      ),
      because(
        'check-order',
        'A foreign article is noticed before a wrong body.',
        step('foreign-blank', to.change, 403, ask(article.at(), ben, blank)),
      ),
      ...refusals(
        to.change,
        [
          ['blank', 'title'],
          ['blank', 'description'],
          ['blank', 'body'],
          ['null', 'title'],
          ['white', 'description'],
          ['object', 'body'],
        ],
        send,
        () => ({ title: 'Refused', description: 'Refused', body: 'Refused' }),
      ),
      step('text-tags', to.change, 422, send({ tagList: 'one, two' }), [
        errorBody,
        errorNames('tagList', 'tags-type'),
      ]),
      refusesNoWrapper(to.change, ask(article.at(), anna, {})),
      refusesNoWrapper(to.change, ask(article.at(), anna, { article: [] }), 'list-wrapper'),
      step('unchanged', to.read, 200, ask(article.at()), [
        says(
          'title',
          'A refused change leaves the title alone.',
          'refused-no-effect',
          '/article/title',
          before.title,
        ),
        says(
          'body',
          'A refused change leaves the article alone.',
          'refused-no-effect',
          '/article/body',
          before.body,
        ),
        says(
          'tags',
          'A refused change leaves the tags alone.',
          'refused-no-effect',
          '/article/tagList',
          before.tagList,
        ),
      ]),
      step('body', to.change, 200, send({ body: 'Changed' }), [
        fits('ArticleResponse'),
        media,
        changed('body', 'The body is the new one.', 'body', 'Changed'),
        changed('title', 'A title that is left out is kept.', 'title', before.title),
        changed('description', 'A description that is left out is kept.', 'description', before.description),
        changed('tags', 'Tags that are left out are kept.', 'tagList', before.tagList),
        says('slug', 'The slug of an unchanged title is kept.', 'slug-stable', '/article/slug', () =>
          article.slug.get(),
        ),
        changed('author', 'The author is kept.', 'author/username', anna.username),
        isPublic('/article/author'),
      ]),
      step('description', to.change, 200, send({ description: 'Second' }), [
        changed('description', 'The description is the new one.', 'description', 'Second'),
        changed('body', 'A body that is left out is kept.', 'body', 'Changed'),
      ]),
      step('same-title', to.change, 200, send({ title: before.title }), [
        says('slug', 'The same title given again keeps the slug.', 'slug-stable', '/article/slug', () =>
          article.slug.get(),
        ),
      ]),
      step('tags', to.change, 200, send({ tagList: [unique('new'), unique('extra')] }), [
        changed('tags', 'The tags are the new ones alone, in the order given.', 'tagList', [
          unique('new'),
          unique('extra'),
        ]),
      ]),
      step(
        'title',
        to.change,
        200,
        send({ title }),
        [
          changed('title', 'The title is the new one.', 'title', title),
          check('slug', 'Another title gives another slug.', rulePointer('slug-change'), (reply) => {
            const got = reply.text('/article/slug');
            requireThat(
              got !== article.slug.get(),
              'the slug is the old one',
              `not ${article.slug.get()}`,
              got,
            );
          }),
        ],
        newSlug.from((reply) => reply.text('/article/slug')),
        tried.keep,
      ),
      step('moved', to.read, 200, ask(atNewSlug), [
        says('body', 'The article is found under its new slug.', 'article-found', '/article/body', 'Changed'),
        says('title', 'The title is still the new one later.', 'article-found', '/article/title', title),
        says(
          'description',
          'The description is still the new one later.',
          'article-found',
          '/article/description',
          'Second',
        ),
        says('tags', 'The tags are still the new ones later.', 'tags-given', '/article/tagList', [
          unique('new'),
          unique('extra'),
        ]),
      ]),
      because(
        'slug-change',
        'The old slug is not found any more.',
        step('old-slug', to.read, 404, after([tried.done], ask(article.at()))),
      ),
      step('no-tags', to.change, 200, ask(atNewSlug, anna, { article: { tagList: [] } }), [
        changed('tags', 'An empty list of tags removes them.', 'tagList', []),
      ]),
      prepare(
        'extra',
        to.change,
        200,
        ask(atNewSlug, anna, {
          article: { favoritesCount: 99, favorited: true, author: { username: ben.username } },
        }),
      ),
      step('extra-read', to.read, 200, ask(atNewSlug), [
        says(
          'count',
          'A count that a caller sends has no effect.',
          'request-extra',
          '/article/favoritesCount',
          0,
        ),
        says(
          'author',
          'An author that a caller sends has no effect.',
          'request-extra',
          '/article/author/username',
          anna.username,
        ),
      ]),
    ];
  },
};

import { endpointPointer } from '../../contract/index.ts';
import {
  check,
  equals,
  errorBody,
  errorNames,
  fits,
  prepare,
  prepareUser,
  requireThat,
  step,
} from '../checks.ts';
import { Kept } from '../reply.ts';
import type { Group, Step } from '../types.ts';

const get = 'GET /articles/{slug}';
const put = 'PUT /articles/{slug}';
const remove = 'DELETE /articles/{slug}';

interface Article {
  title: string;
  description: string;
  body: string;
  tagList: string[];
}

/** Two users, and an article of the first. */
function prepareArticle(people: Parameters<typeof prepareUser>[1][], article: Article) {
  const token = new Kept<string>('the token of POST /users');
  const otherToken = new Kept<string>('the other user’s token of POST /users');
  const slug = new Kept<string>('the slug of POST /articles');
  const [author, other] = people;
  const steps: Step[] = [
    ...(author ? [prepareUser('register', author, token)] : []),
    ...(other ? [prepareUser('register-other', other, otherToken)] : []),
    prepare(
      'create',
      'POST /articles',
      201,
      () => ({ path: '/articles', token: token.get(), body: { article: { ...article } } }),
      (reply) => slug.set(reply.text('/article/slug')),
    ),
  ];
  const path = () => `/articles/${encodeURIComponent(slug.get())}`;
  return { token, otherToken, slug, steps, path };
}

export const updateArticle: Group = {
  id: 'articles.update',
  title: 'Changing articles',
  steps({ person, unique }) {
    const article = {
      title: `Draft ${unique('one')}`,
      description: 'First',
      body: 'Text',
      tagList: [unique('kept')],
    };
    const { token, otherToken, slug, steps, path } = prepareArticle([person('anna'), person('ben')], article);
    const newSlug = new Kept<string>('the new slug of PUT /articles/{slug}');
    const newPath = () => `/articles/${encodeURIComponent(newSlug.get())}`;
    const title = `Final ${unique('two')}`;
    const here = endpointPointer(put);
    const blank = { article: { body: '' } };
    const change = { article: { body: 'Changed' } };
    return [
      ...steps,
      step('no-token', put, 401, () => ({ path: path(), body: change }), [errorBody]),
      step('foreign', put, 403, () => ({ path: path(), token: otherToken.get(), body: change }), [errorBody]),
      step(
        'unknown',
        put,
        404,
        () => ({ path: `/articles/no-${unique('such')}`, token: token.get(), body: change }),
        [errorBody],
      ),
      step('blank-body', put, 422, () => ({ path: path(), token: token.get(), body: blank }), [
        errorNames('body'),
      ]),
      step('unchanged', get, 200, () => ({ path: path() }), [
        equals('body', 'A refused change leaves the article alone.', here, '/article/body', article.body),
      ]),
      step('body', put, 200, () => ({ path: path(), token: token.get(), body: change }), [
        fits('ArticleResponse'),
        equals('body', 'The body is the new one.', here, '/article/body', 'Changed'),
        equals('title', 'A title that is left out is kept.', here, '/article/title', article.title),
        equals('tags', 'Tags that are left out are kept.', here, '/article/tagList', article.tagList),
        equals('slug', 'The slug of an unchanged title is kept.', here, '/article/slug', () => slug.get()),
      ]),
      step(
        'title',
        put,
        200,
        () => ({ path: path(), token: token.get(), body: { article: { title } } }),
        [
          equals('title', 'The title is the new one.', here, '/article/title', title),
          check('slug', 'Another title gives another slug.', here, (reply) => {
            const got = reply.text('/article/slug');
            requireThat(got !== slug.get(), 'the slug is still the old one', `not ${slug.get()}`, got);
          }),
        ],
        (reply) => newSlug.set(reply.text('/article/slug')),
      ),
      step('moved', get, 200, () => ({ path: newPath() }), [
        equals('body', 'The article is found under its new slug.', here, '/article/body', 'Changed'),
      ]),
      step('old-slug', get, 404, () => {
        newSlug.get();
        return { path: path() };
      }),
    ];
  },
};

export const deleteArticle: Group = {
  id: 'articles.delete',
  title: 'Deleting articles',
  steps({ person, unique }) {
    const anna = person('anna');
    const article = { title: `Gone ${unique('soon')}`, description: 'd', body: 'b', tagList: [] };
    const { token, otherToken, steps, path } = prepareArticle([anna, person('ben')], article);
    const deleted = new Kept<true>('the deletion of DELETE /articles/{slug}');
    const here = endpointPointer(remove, 204);
    return [
      ...steps,
      step('no-token', remove, 401, () => ({ path: path() }), [errorBody]),
      step('foreign', remove, 403, () => ({ path: path(), token: otherToken.get() }), [errorBody]),
      step('unknown', remove, 404, () => ({ path: `/articles/no-${unique('such')}`, token: token.get() }), [
        errorBody,
      ]),
      step('still-there', get, 200, () => ({ path: path() })),
      step(
        'own',
        remove,
        204,
        () => ({ path: path(), token: token.get() }),
        [
          check('empty', 'The answer has no body.', here, (reply) => {
            requireThat(reply.length === 0, 'the answer has a body', '0 bytes', reply.length);
          }),
        ],
        () => deleted.set(true),
      ),
      step(
        'gone',
        get,
        404,
        () => {
          deleted.get();
          return { path: path() };
        },
        [errorBody],
      ),
      step(
        'unlisted',
        'GET /articles',
        200,
        () => {
          deleted.get();
          return { path: `/articles?author=${anna.username}` };
        },
        [equals('count', 'A deleted article is in no list.', here, '/articlesCount', 0)],
      ),
    ];
  },
};

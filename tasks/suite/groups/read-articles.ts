import { endpointPointer, schemaPointer } from '../../contract/index.ts';
import { isObject, showJson } from '../../json.ts';
import { check, equals, errorBody, fits, prepare, prepareUser, requireThat, step } from '../checks.ts';
import { Failure, Kept, type Reply } from '../reply.ts';
import type { Group } from '../types.ts';

const getOne = 'GET /articles/{slug}';
const list = 'GET /articles';
/** Articles that follow each other have different times even where those are whole milliseconds. */
const pauseMs = 10;

export const readArticle: Group = {
  id: 'articles.read',
  title: 'Reading an article',
  steps({ person, unique }) {
    const anna = person('anna');
    const token = new Kept<string>('the token of POST /users');
    const slug = new Kept<string>('the slug of POST /articles');
    const article = { title: `Reading ${unique('owls')}`, description: 'About owls', body: 'They see.' };
    const here = endpointPointer(getOne);
    return [
      prepareUser('register', anna, token),
      prepare(
        'create',
        'POST /articles',
        201,
        () => ({ path: '/articles', token: token.get(), body: { article } }),
        (reply) => slug.set(reply.text('/article/slug')),
      ),
      step('stranger', getOne, 200, () => ({ path: `/articles/${encodeURIComponent(slug.get())}` }), [
        fits('ArticleResponse'),
        equals('title', 'The title is the one given.', here, '/article/title', article.title),
        equals(
          'body',
          'One article comes with its body.',
          schemaPointer('Article'),
          '/article/body',
          article.body,
        ),
        equals('author', 'The author is who wrote it.', here, '/article/author/username', anna.username),
        equals('favorited', 'Without a token it is no favorite.', here, '/article/favorited', false),
      ]),
      step('unknown', getOne, 404, () => ({ path: `/articles/no-${unique('such')}` }), [errorBody]),
    ];
  },
};

export const listArticles: Group = {
  id: 'articles.list',
  title: 'Listing articles',
  steps({ person, unique }) {
    const anna = person('anna');
    const token = new Kept<string>('the token of POST /users');
    const slugs = [1, 2, 3].map((n) => new Kept<string>(`the slug of article ${n} of POST /articles`));
    const tag = unique('tag');
    const here = endpointPointer(list);
    const writtenAll = () => slugs.map((slug) => slug.get());
    const ask = (query: Record<string, string>) => () => {
      writtenAll();
      return { path: `/articles?${new URLSearchParams(query)}` };
    };
    const author = anna.username;
    return [
      prepareUser('register', anna, token),
      ...slugs.map((slug, i) => ({
        ...prepare(
          `create-${i + 1}`,
          'POST /articles',
          201,
          () => ({
            path: '/articles',
            token: token.get(),
            body: {
              article: {
                title: `List ${unique(`n${i}`)}`,
                description: 'd',
                body: 'b',
                tagList: i === 0 ? [] : [tag],
              },
            },
          }),
          (reply) => slug.set(reply.text('/article/slug')),
        ),
        pauseMs,
      })),
      step('author', list, 200, ask({ author }), [
        fits('ArticleListResponse'),
        length('items', 'The list has the articles of this author.', here, 3),
        equals('count', 'The count is that of this author’s articles.', here, '/articlesCount', 3),
        check('order', 'The newest article comes first.', here, (reply) => {
          requireSlugs(reply, writtenAll().reverse());
        }),
        check('no-body', 'Articles in a list have no body.', schemaPointer('ArticleListItem'), (reply) => {
          const items = reply.list('/articles');
          requireThat(items.length > 0, 'the list is empty', 'articles', items);
          const withBody = items.find((item) => isObject(item) && Object.hasOwn(item, 'body'));
          requireThat(
            withBody === undefined,
            'an article in the list has a body',
            'no body',
            withBody ?? null,
          );
        }),
      ]),
      step('limit', list, 200, ask({ author, limit: '1' }), [
        length('items', 'A limit of 1 gives one article.', '/components/parameters/limit', 1),
        equals(
          'count',
          'The count does not depend on the limit.',
          schemaPointer('ArticleListResponse'),
          '/articlesCount',
          3,
        ),
      ]),
      step('offset', list, 200, ask({ author, limit: '2', offset: '2' }), [
        length('items', 'An offset leaves out as many articles.', '/components/parameters/offset', 1),
        check('order', 'What remains is the oldest article.', '/components/parameters/offset', (reply) => {
          requireSlugs(reply, writtenAll().slice(0, 1));
        }),
      ]),
      step('tag', list, 200, ask({ tag }), [
        check('items', 'A tag gives the articles that have it.', here, (reply) => {
          requireSlugs(reply, writtenAll().slice(1).reverse());
        }),
        equals('count', 'The count is that of the articles with the tag.', here, '/articlesCount', 2),
      ]),
      step('author-and-tag', list, 200, ask({ author: person('nobody').username, tag }), [
        length('items', 'Filters are combined: an unknown author has no such article.', here, 0),
        equals('count', 'The count of an empty list is 0.', here, '/articlesCount', 0),
      ]),
    ];
  },
};

function length(id: string, sentence: string, pointer: string, wanted: number) {
  return check(id, sentence, pointer, (reply) => {
    const items = reply.list('/articles');
    requireThat(items.length === wanted, `the list has ${items.length} articles`, `${wanted}`, items.length);
  });
}

function requireSlugs(reply: Reply, wanted: string[]): void {
  const got = reply.list('/articles').map((item) => (isObject(item) ? (item['slug'] ?? null) : null));
  if (JSON.stringify(got) !== JSON.stringify(wanted)) {
    throw new Failure('the list has other articles, or another order', showJson(wanted), showJson(got));
  }
}

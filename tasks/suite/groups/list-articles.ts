import { endpointPointer } from '../../contract/index.ts';
import { rulePointer } from '../../contract/index.ts';
import { fits, isPublic, media, noSecrets, says } from '../checks.ts';
import { to } from '../endpoints.ts';
import { account, post } from '../fixtures.ts';
import { articleCount, articleInList, articlesInOrder, noBodies, total } from '../lists.ts';
import { after, ask, later, query, setUp, step } from '../steps.ts';
import type { Group } from '../types.ts';

const limit = '/components/parameters/limit';
const offset = '/components/parameters/offset';

export const listArticles: Group = {
  id: 'articles.list',
  title: 'Listing articles',
  steps(context) {
    const anna = account(context, 'anna');
    const tag = context.unique('tag');
    const posts = [1, 2, 3].map((n) =>
      post(`${n}`, anna, {
        title: `List ${context.unique(`n${n}`)}`,
        description: `d${n}`,
        body: 'b',
        tagList: n === 1 ? [] : [tag],
      }),
    );
    const writtenAll = () => posts.map(({ slug }) => slug.get());
    const author = anna.username;
    const look = (parameters: Record<string, string | number>, as?: typeof anna) =>
      after(
        posts.map(({ slug }) => slug),
        ask(`/articles${query(parameters)}`, as),
      );
    const renewed = setUp(
      'change',
      to.change,
      200,
      ask(() => posts[0]?.at()() ?? '', anna, { article: { body: 'Changed' } }),
    );
    const newest = () => writtenAll()[2] ?? '';
    return [
      anna.register,
      ...posts.map(({ create }, n) => (n === 0 ? create : later(create))),
      step('author', to.list, 200, look({ author }), [
        fits('ArticleListResponse'),
        media,
        articleCount(
          'items',
          'The list has the articles of this author.',
          `${endpointPointer(to.list)}/parameters/1`,
          3,
        ),
        total('The count is that of this author’s articles.', 3),
        articlesInOrder('order', 'The newest article comes first.', rulePointer('list-order'), () =>
          writtenAll().reverse(),
        ),
        noBodies,
        articleInList('tags', 'An article in the list has its tags.', 'tags-given', newest, '/tagList', [
          tag,
        ]),
        articleInList(
          'favorited',
          'Without a token an article in the list is no favorite.',
          'favorited-caller',
          newest,
          '/favorited',
          false,
        ),
        articleInList(
          'following',
          'Without a token the author in the list is not followed.',
          'following-caller',
          newest,
          '/author/following',
          false,
        ),
        isPublic('/articles/0/author'),
        noSecrets(anna.password),
      ]),
      step('everything', to.list, 200, look({ limit: 3 }), [
        says(
          'author',
          'Without a filter, the newest article of all comes first.',
          'list-filters',
          '/articles/0/slug',
          newest,
        ),
      ]),
      step('caller', to.list, 200, look({ author }, anna), [
        articlesInOrder('order', 'With a token it is the same list.', rulePointer('list-order'), () =>
          writtenAll().reverse(),
        ),
      ]),
      step('limit', to.list, 200, look({ author, limit: 1 }), [
        articleCount('items', 'A limit of 1 gives one article.', limit, 1),
        total('The count does not depend on the limit.', 3),
        articlesInOrder('order', 'It is the newest.', rulePointer('limit'), () => [newest()]),
      ]),
      step('offset', to.list, 200, look({ author, limit: 2, offset: 2 }), [
        articleCount('items', 'An offset leaves out as many articles.', offset, 1),
        articlesInOrder('order', 'What remains is the oldest article.', offset, () =>
          writtenAll().slice(0, 1),
        ),
        total('The count does not depend on the offset.', 3),
      ]),
      step('offset-alone', to.list, 200, look({ author, offset: 1 }), [
        articlesInOrder('order', 'Without a limit, all that remain are there.', rulePointer('offset'), () =>
          writtenAll().slice(0, 2).reverse(),
        ),
      ]),
      step('both', to.list, 200, look({ author, limit: 1, offset: 1 }), [
        articlesInOrder('order', 'The offset comes before the limit.', rulePointer('offset'), () =>
          writtenAll().slice(1, 2),
        ),
      ]),
      step('beyond', to.list, 200, look({ author, offset: 3 }), [
        articleCount('items', 'Beyond the end the list is empty.', rulePointer('offset'), 0),
        total('The count is the same beyond the end.', 3),
      ]),
      step('limit-with-tag', to.list, 200, look({ tag, limit: 1, offset: 1 }), [
        articlesInOrder(
          'order',
          'Limit and offset count what the filter lets through.',
          rulePointer('offset'),
          () => writtenAll().slice(1, 2),
        ),
        total('The count is that of the articles with the tag.', 2),
      ]),
      step('tag', to.list, 200, look({ tag }), [
        articlesInOrder(
          'items',
          'A tag gives the articles that have it, the newest first.',
          `${endpointPointer(to.list)}/parameters/0`,
          () => writtenAll().slice(1).reverse(),
        ),
        total('The count is that of the articles with the tag.', 2),
      ]),
      renewed.step,
      step('changed', to.list, 200, after([renewed.done], look({ author })), [
        articlesInOrder(
          'order',
          'A change does not move an article in the list.',
          rulePointer('list-order'),
          () => writtenAll().reverse(),
        ),
      ]),
      step('author-and-tag', to.list, 200, look({ author: context.person('nobody').username, tag }), [
        articleCount(
          'items',
          'Filters are combined: an unknown author has no such article.',
          rulePointer('list-filters'),
          0,
        ),
        says('count', 'The count of an empty list is 0.', 'filter-none', '/articlesCount', 0),
      ]),
    ];
  },
};

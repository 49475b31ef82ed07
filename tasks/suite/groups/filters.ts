import { rulePointer } from '../../contract/index.ts';
import { says } from '../checks.ts';
import { to } from '../endpoints.ts';
import { account, post } from '../fixtures.ts';
import { articlesInAnyOrder, articleCount, total } from '../lists.ts';
import { after, ask, query, setUp, step } from '../steps.ts';
import type { Group, Step } from '../types.ts';

export const filters: Group = {
  id: 'articles.filters',
  title: 'Filters, alone and combined',
  steps(context) {
    const { unique } = context;
    const anna = account(context, 'anna');
    const ben = account(context, 'ben');
    const x = `${unique('tag_x')}z`;
    const y = unique('tagy');
    const write = (name: string, author: typeof anna, tagList: string[]) =>
      post(name, author, { title: `Filter ${unique(name)}`, description: 'd', body: 'b', tagList });
    const posts = {
      a: write('a', anna, [x, y]),
      b: write('b', anna, [x]),
      c: write('c', ben, [x]),
      d: write('d', ben, [y]),
    };
    type Name = keyof typeof posts;
    const marks = (['a', 'c'] as const).map((name) =>
      setUp(`mark-${name}`, to.favorite, 200, ask(posts[name].at('/favorite'), ben)),
    );
    const needed = [...Object.values(posts).map(({ slug }) => slug), ...marks.map(({ done }) => done)];
    const look = (parameters: Record<string, string | number>) =>
      after(needed, ask(`/articles${query(parameters)}`));
    const author = anna.username;
    const favorited = ben.username;
    const gives = (
      id: string,
      parameters: Record<string, string>,
      sentence: string,
      names: readonly Name[],
      rule = 'list-filters',
    ): Step =>
      step(id, to.list, 200, look(parameters), [
        articlesInAnyOrder('items', sentence, rulePointer(rule), () =>
          names.map((name) => posts[name].slug.get()),
        ),
        total('The count is that of these articles.', names.length),
      ]);
    const givesNone = (
      id: string,
      parameters: Record<string, string>,
      sentence: string,
      rule = 'exact-match',
    ): Step =>
      step(id, to.list, 200, look(parameters), [articleCount('items', sentence, rulePointer(rule), 0)]);
    return [
      anna.register,
      ben.register,
      ...Object.values(posts).map(({ create }) => create),
      ...marks.map((mark) => mark.step),
      gives('tag', { tag: x }, 'A tag gives the articles of all authors.', ['a', 'b', 'c']),
      gives('author', { author }, 'An author gives all articles of that author.', ['a', 'b']),
      gives('favorited', { favorited }, 'A fan gives the articles marked by that user.', ['a', 'c']),
      gives('tag-author', { tag: x, author: ben.username }, 'Tag and author are combined.', ['c']),
      gives('tag-favorited', { tag: y, favorited }, 'Tag and fan are combined.', ['a']),
      gives('author-favorited', { author, favorited }, 'Author and fan are combined.', ['a']),
      gives('all', { tag: x, author: ben.username, favorited }, 'Tag, author and fan are combined.', ['c']),
      gives(
        'all-none',
        { tag: y, author: ben.username, favorited },
        'When no article meets all three, the list is empty.',
        [],
      ),
      step('count-of-filter', to.list, 200, look({ tag: x, favorited, limit: 1 }), [
        total('The count is that of what both filters let through, whatever the limit is.', 2),
        articleCount('items', 'The limit holds for a filtered list.', rulePointer('limit'), 1),
      ]),
      step('unknown-tag', to.list, 200, look({ tag: unique('none') }), [
        articleCount('items', 'An unknown tag gives an empty list.', rulePointer('filter-none'), 0),
        says('count', 'An unknown tag gives a count of 0.', 'filter-none', '/articlesCount', 0),
      ]),
      givesNone(
        'unknown-author',
        { author: context.person('nobody').username },
        'The name of nobody as an author gives an empty list.',
        'filter-none',
      ),
      givesNone(
        'unknown-fan',
        { favorited: context.person('nobody').username },
        'The name of nobody as a fan gives an empty list.',
        'filter-none',
      ),
      givesNone(
        'other-fan',
        { favorited: anna.username },
        'A user who marked nothing gives an empty list, also the author of what is marked.',
        'list-filters',
      ),
      givesNone('tag-part', { tag: x.slice(0, -1) }, 'A part of a tag is not the tag.'),
      givesNone('tag-percent', { tag: `${x.slice(0, -1)}%` }, 'A percent sign is no wildcard.'),
      givesNone('tag-underscore', { tag: x.replace('z', '_') }, 'An underscore is no wildcard.'),
      givesNone('tag-case', { tag: x.toUpperCase() }, 'A tag in capitals is another tag.'),
      givesNone('author-case', { author: author.toUpperCase() }, 'A name in capitals is not the author.'),
      givesNone(
        'favorited-case',
        { favorited: favorited.toUpperCase() },
        'A name in capitals is not the fan.',
      ),
      givesNone('author-part', { author: author.slice(0, -1) }, 'A part of a name is not the author.'),
      givesNone('favorited-part', { favorited: favorited.slice(0, -1) }, 'A part of a name is not the fan.'),
    ];
  },
};

import { rulePointer } from '../../contract/index.ts';
import { to } from '../endpoints.ts';
import { account, post } from '../fixtures.ts';
import { articleCount, total } from '../lists.ts';
import { after, ask, query, step } from '../steps.ts';
import type { Group } from '../types.ts';

/** What a page holds when no limit is given. */
const page = 20;

export const pages: Group = {
  id: 'articles.pages',
  title: 'More articles than a page holds',
  steps(context) {
    const anna = account(context, 'anna');
    const posts = Array.from({ length: page + 1 }, (_, n) =>
      post(`${n + 1}`, anna, { title: `Page ${context.unique(`n${n}`)}`, description: 'd', body: 'b' }),
    );
    const look = (parameters: Record<string, number>) =>
      after(
        posts.map(({ slug }) => slug),
        ask(`/articles${query({ author: anna.username, ...parameters })}`),
      );
    return [
      anna.register,
      ...posts.map(({ create }) => create),
      step('default', to.list, 200, look({}), [
        articleCount('items', 'Without a limit there are 20.', rulePointer('limit'), page),
        total('The count is that of all.', page + 1),
      ]),
      step('larger', to.list, 200, look({ limit: page + 1 }), [
        articleCount('items', 'A limit above 20 gives more than 20.', rulePointer('limit'), page + 1),
      ]),
      step('rest', to.list, 200, look({ offset: page }), [
        articleCount('items', 'An offset of 20 leaves the last one.', rulePointer('offset'), 1),
        total('The count is still that of all.', page + 1),
      ]),
    ];
  },
};

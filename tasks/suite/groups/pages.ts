import { rulePointer } from '../../contract/index.ts';
import { check } from '../checks.ts';
import { to } from '../endpoints.ts';
import { articleCount } from '../lists.ts';
import { Kept } from '../kept.ts';
import { Failure } from '../reply.ts';
import { after, ask, query, step } from '../steps.ts';
import type { Group } from '../types.ts';

/** What a page holds when no limit is given. */
const page = 20;

/** Needs no articles of its own: the groups before it have left more than a page holds. */
export const pages: Group = {
  id: 'articles.pages',
  title: 'More articles than a page holds',
  steps() {
    const more = new Kept<number>('more articles than a page holds');
    const look = (parameters: Record<string, number>) => after([more], ask(`/articles${query(parameters)}`));
    return [
      step(
        'first',
        to.list,
        200,
        ask(`/articles${query({ limit: 1 })}`),
        [articleCount('items', 'A limit of 1 gives one of them.', rulePointer('limit'), 1)],
        more.from((reply) => {
          const count = reply.at('/articlesCount');
          if (typeof count === 'number' && count > page) return count;
          throw new Failure(`articlesCount is ${JSON.stringify(count)}`);
        }),
      ),
      step('default', to.list, 200, look({}), [
        articleCount('items', 'Without a limit there are 20.', rulePointer('limit'), page),
        check('count', 'The count is that of all.', rulePointer('articles-count'), (reply) => {
          const got = reply.at('/articlesCount');
          if (got !== more.get()) {
            throw new Failure(
              '/articlesCount is not what it should be',
              `${more.get()}`,
              JSON.stringify(got),
            );
          }
        }),
      ]),
      step('larger', to.list, 200, look({ limit: page + 1 }), [
        articleCount('items', 'A limit above 20 gives more than 20.', rulePointer('limit'), page + 1),
      ]),
      step('offset', to.list, 200, look({ offset: 1 }), [
        articleCount('items', 'From the second article on there are 20, too.', rulePointer('limit'), page),
      ]),
    ];
  },
};

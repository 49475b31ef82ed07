import { rulePointer } from '../../contract/index.ts';
import { check } from '../checks.ts';
import { to } from '../endpoints.ts';
import { account, post } from '../fixtures.ts';
import { Kept } from '../kept.ts';
import { Failure, type Reply } from '../reply.ts';
import { after, ask, later, query, step } from '../steps.ts';
import { timeAt } from '../times.ts';
import type { Check, Group } from '../types.ts';

export const times: Group = {
  id: 'times',
  title: 'Times that stay and times that move',
  steps(context) {
    const anna = account(context, 'anna');
    const article = post('article', anna, {
      title: `Time ${context.unique('one')}`,
      description: 'd',
      body: 'b',
    });
    const created = new Kept<bigint>('the time of creation');
    const updated = new Kept<bigint>('the time of the change');
    const slug = new Kept<string>('the slug');
    const path = () => `/articles/${encodeURIComponent(slug.get())}`;
    const staysCreated = (where: string): Check =>
      timeCheck('created', 'The time of creation is the same.', 'created-at', (reply) => [
        timeAt(reply, `${where}/createdAt`) === created.get(),
        'createdAt has moved',
        String(reply.at(`${where}/createdAt`)),
      ]);
    const isUpdated = (where: string): Check =>
      timeCheck('updated', 'The time of the change is the same.', 'updated-at', (reply) => [
        timeAt(reply, `${where}/updatedAt`) === updated.get(),
        'updatedAt has moved though nothing was changed',
        String(reply.at(`${where}/updatedAt`)),
      ]);
    return [
      anna.register,
      article.create,
      step(
        'before',
        to.read,
        200,
        ask(article.at()),
        [],
        created.from((reply) => timeAt(reply, '/article/createdAt')),
      ),
      later(
        step(
          'change',
          to.change,
          200,
          after([created], ask(article.at(), anna, { article: { body: 'Later' } })),
          [
            timeCheck('moved', 'The time of the change is later.', 'updated-at', (reply) => [
              timeAt(reply, '/article/updatedAt') > created.get(),
              'updatedAt has not moved',
              String(reply.at('/article/updatedAt')),
            ]),
            staysCreated('/article'),
          ],
          updated.from((reply) => timeAt(reply, '/article/updatedAt')),
          slug.from((reply) => reply.text('/article/slug')),
        ),
      ),
      later(
        step('read', to.read, 200, after([updated], ask(path)), [
          staysCreated('/article'),
          isUpdated('/article'),
        ]),
      ),
      step('list', to.list, 200, after([updated], ask(`/articles${query({ author: anna.username })}`)), [
        staysCreated('/articles/0'),
        isUpdated('/articles/0'),
      ]),
      step(
        'retitle',
        to.change,
        200,
        after([updated], ask(path, anna, { article: { title: `Time ${context.unique('two')}` } })),
        [
          timeCheck('moved', 'A change of the title moves it again.', 'updated-at', (reply) => [
            timeAt(reply, '/article/updatedAt') > updated.get(),
            'updatedAt has not moved',
            String(reply.at('/article/updatedAt')),
          ]),
          staysCreated('/article'),
        ],
      ),
    ];
  },
};

/** @param test whether it holds, what is wrong otherwise, and what was there */
function timeCheck(
  id: string,
  sentence: string,
  rule: string,
  test: (reply: Reply) => [boolean, string, string],
): Check {
  return check(id, sentence, rulePointer(rule), (reply) => {
    const [holds, message, got] = test(reply);
    if (!holds) throw new Failure(message, sentence, got);
  });
}

import { rulePointer } from '../../contract/index.ts';
import type { Json } from '../../json.ts';
import {
  because,
  check,
  equals,
  errorBody,
  fits,
  isPublic,
  media,
  noSecrets,
  requireThat,
  says,
} from '../checks.ts';
import { to } from '../endpoints.ts';
import { account, post, type Account } from '../fixtures.ts';
import { Kept } from '../kept.ts';
import { refusals, refusesNoWrapper } from '../refusals.ts';
import { after, ask, step } from '../steps.ts';
import { notEarlier } from '../times.ts';
import type { Group, Step } from '../types.ts';

export const comments: Group = {
  id: 'comments',
  title: 'Comments',
  steps(context) {
    const { unique } = context;
    const anna = account(context, 'anna');
    const ben = account(context, 'ben');
    const texts = { description: 'd', body: 'b' };
    const article = post('article', anna, { ...texts, title: `Talk ${unique('one')}` });
    const quiet = post('quiet', anna, { ...texts, title: `Quiet ${unique('two')}` });
    const unknown = `/articles/no-${unique('such')}/comments`;
    const first = new Kept<Json>('the id of the first comment');
    const second = new Kept<Json>('the id of the second comment');
    const third = new Kept<Json>('the id of the third comment');
    const ids = [first, second, third];
    const send = (body: string, as: Account) => ask(article.at('/comments'), as, { comment: { body } });
    const read = (as?: Account) => after(ids, ask(article.at('/comments'), as));
    return [
      anna.register,
      ben.register,
      article.create,
      quiet.create,
      step('none', to.listComments, 200, ask(quiet.at('/comments')), [
        fits('CommentListResponse'),
        says('items', 'An article without comments has an empty list.', 'comment-article', '/comments', []),
      ]),
      step(
        'new',
        to.comment,
        201,
        send('A first\ncomment', ben),
        [
          fits('CommentResponse'),
          media,
          says('body', 'The body is the one given.', 'comment-given', '/comment/body', 'A first\ncomment'),
          says(
            'author',
            'The author is the caller, not the author of the article.',
            'comment-given',
            '/comment/author/username',
            ben.username,
          ),
          notEarlier('updated', 'It is not changed before it is created.', '/comment'),
          isPublic('/comment/author'),
          noSecrets(ben.password),
        ],
        first.from((reply) => reply.at('/comment/id')),
      ),
      step(
        'second',
        to.comment,
        201,
        send('The second', anna),
        [
          check('id', 'Another comment has another id.', rulePointer('comment-id'), (reply) => {
            const got = reply.at('/comment/id');
            requireThat(got !== first.get(), 'two comments have one id', `not ${String(first.get())}`, got);
          }),
          says(
            'author',
            'The author of the article can comment.',
            'comment-given',
            '/comment/author/username',
            anna.username,
          ),
        ],
        second.from((reply) => reply.at('/comment/id')),
      ),
      prepareThird(send('A first\ncomment', ben), third),
      step('list', to.listComments, 200, read(), [
        fits('CommentListResponse'),
        media,
        check(
          'order',
          'Comments come in the order in which they were written.',
          rulePointer('comment-order'),
          (reply) => {
            const got = reply.list('/comments').map((_, n) => reply.at(`/comments/${n}/id`));
            const wanted = ids.map((id) => id.get());
            requireThat(
              JSON.stringify(got) === JSON.stringify(wanted),
              'the list has other comments, or another order',
              JSON.stringify(wanted),
              got,
            );
          },
        ),
        says(
          'body',
          'A comment in the list has its body.',
          'comment-article',
          '/comments/1/body',
          'The second',
        ),
        says(
          'author',
          'A comment in the list has its author.',
          'comment-article',
          '/comments/0/author/username',
          ben.username,
        ),
        isPublic('/comments/0/author'),
        noSecrets(ben.password),
      ]),
      step('list-caller', to.listComments, 200, read(anna), [
        check('items', 'With a token it is the same list.', rulePointer('comment-article'), (reply) => {
          const got = reply.list('/comments').length;
          requireThat(got === 3, `the list has ${got} comments`, '3', got);
        }),
      ]),
      step('quiet', to.listComments, 200, after(ids, ask(quiet.at('/comments'))), [
        equals(
          'items',
          'The comments of another article are not in the list.',
          rulePointer('comment-article'),
          '/comments',
          [],
        ),
      ]),
      step(
        'elsewhere',
        to.comment,
        201,
        after(ids, ask(quiet.at('/comments'), ben, { comment: { body: 'Elsewhere' } })),
        [
          check('id', 'A comment of another article has another id.', rulePointer('comment-id'), (reply) => {
            const got = reply.at('/comment/id');
            const taken = ids.map((id) => id.get());
            requireThat(
              !taken.includes(got),
              'comments of two articles have one id',
              `none of ${taken.join()}`,
              got,
            );
          }),
        ],
      ),
      step('list-unknown', to.listComments, 404, ask(unknown), [errorBody, media]),
      step('unknown', to.comment, 404, ask(unknown, ben, { comment: { body: 'Where' } }), [errorBody]),
      step(
        'no-token',
        to.comment,
        401,
        ask(article.at('/comments'), undefined, { comment: { body: 'Who' } }),
        [errorBody, media],
      ),
      because(
        'check-order',
        'A missing token is noticed before an unknown slug.',
        step('no-token-unknown', to.comment, 401, ask(unknown, undefined, { comment: { body: 'Who' } })),
      ),
      because(
        'check-order',
        'An unknown slug is noticed before a wrong body.',
        step('unknown-blank', to.comment, 404, ask(unknown, ben, { comment: { body: '' } })),
      ),
      ...refusals(
        to.comment,
        [
          ['missing', 'body'],
          ['blank', 'body'],
          ['white', 'body'],
          ['null', 'body'],
          ['number', 'body'],
        ],
        (comment) => ask(article.at('/comments'), ben, { comment }),
        () => ({}),
      ),
      refusesNoWrapper(to.comment, ask(article.at('/comments'), ben, {})),
      step('after-refusals', to.listComments, 200, read(), [
        check(
          'items',
          'Comments that were refused are not in the list.',
          rulePointer('refused-no-effect'),
          (reply) => {
            const got = reply.list('/comments').length;
            requireThat(got === 3, `the list has ${got} comments`, '3', got);
          },
        ),
      ]),
    ];
  },
};

/** The same text again is a comment of its own. */
function prepareThird(send: Parameters<typeof step>[3], id: Kept<Json>): Step {
  return because(
    'comment-given',
    'The same text again is a comment of its own.',
    step(
      'same-text',
      to.comment,
      201,
      send,
      [],
      id.from((reply) => reply.at('/comment/id')),
    ),
  );
}

import { rulePointer } from '../../contract/index.ts';
import { showJson, type Json } from '../../json.ts';
import { because, check, empty, errorBody, media } from '../checks.ts';
import { to } from '../endpoints.ts';
import { account, post, type Post } from '../fixtures.ts';
import { Kept } from '../kept.ts';
import { Failure } from '../reply.ts';
import { after, ask, prepare, step, succeeded } from '../steps.ts';
import type { Check, Group } from '../types.ts';

export const deleteComment: Group = {
  id: 'comments.delete',
  title: 'Deleting comments',
  steps(context) {
    const { unique } = context;
    const anna = account(context, 'anna');
    const ben = account(context, 'ben');
    const texts = { description: 'd', body: 'b' };
    const article = post('article', anna, { ...texts, title: `Talk ${unique('one')}` });
    const other = post('other', anna, { ...texts, title: `Other ${unique('two')}` });
    const own = new Kept<Json>('the id of the comment');
    const kept = new Kept<Json>('the id of the comment');
    const write = (name: string, as: typeof ben, id: Kept<Json>) =>
      prepare(
        `create-${name}`,
        to.comment,
        201,
        ask(article.at('/comments'), as, { comment: { body: name } }),
        id.from((reply) => reply.at('/comment/id')),
      );
    const deleted = succeeded();
    const at = (below: Post, id: Kept<Json>) => () =>
      `${below.at('/comments')()}/${encodeURIComponent(String(id.get()))}`;
    const unknownArticle = () =>
      `/articles/no-${unique('such')}/comments/${encodeURIComponent(String(own.get()))}`;
    /** Ids are free, but hardly is it this one. */
    const unknownId = () => `${article.at('/comments')()}/987654321`;
    return [
      anna.register,
      ben.register,
      article.create,
      other.create,
      write('own', ben, own),
      write('kept', anna, kept),
      step('no-token', to.removeComment, 401, ask(at(article, own)), [errorBody, media]),
      because(
        'comment-own',
        'The author of the article cannot delete a comment of somebody else.',
        step('foreign', to.removeComment, 403, ask(at(article, own), anna), [errorBody, media]),
      ),
      because(
        'comment-own',
        'The author of one comment cannot delete another.',
        step('foreign-commenter', to.removeComment, 403, ask(at(article, kept), ben)),
      ),
      step('unknown', to.removeComment, 404, ask(unknownId, ben), [errorBody, media]),
      because(
        'comment-place',
        'A comment is not found below another article.',
        step('elsewhere', to.removeComment, 404, ask(at(other, own), ben)),
      ),
      because(
        'comment-place',
        'A comment is not found below an article that does not exist.',
        step('unknown-article', to.removeComment, 404, ask(unknownArticle, ben)),
      ),
      because(
        'check-order',
        'A missing token is noticed before an unknown comment.',
        step('no-token-unknown', to.removeComment, 401, ask(unknownId)),
      ),
      because(
        'check-order',
        'The wrong article is noticed before the wrong caller.',
        step('elsewhere-foreign', to.removeComment, 404, ask(at(other, own), anna)),
      ),
      step('still-there', to.listComments, 200, after([own, kept], ask(article.at('/comments'))), [
        commentsAre('Comments whose deletion was refused are still there.', 'refused-no-effect', () => [
          own.get(),
          kept.get(),
        ]),
      ]),
      step('own', to.removeComment, 204, ask(at(article, own), ben), [empty], deleted.keep),
      step('gone', to.listComments, 200, after([deleted.done, kept], ask(article.at('/comments'))), [
        commentsAre('The deleted comment is gone, the other one stays.', 'comment-gone', () => [kept.get()]),
      ]),
      because(
        'comment-gone',
        'A comment that is gone cannot be deleted again.',
        step('twice', to.removeComment, 404, after([deleted.done], ask(at(article, own), ben))),
      ),
      step('last', to.removeComment, 204, after([deleted.done], ask(at(article, kept), anna)), [empty]),
    ];
  },
};

function commentsAre(sentence: string, rule: string, wanted: () => Json[]): Check {
  return check('items', sentence, rulePointer(rule), (reply) => {
    const got = reply.list('/comments').map((_, n) => reply.at(`/comments/${n}/id`));
    if (JSON.stringify(got) !== JSON.stringify(wanted())) {
      throw new Failure('the list has other comments', showJson(wanted()), showJson(got));
    }
  });
}

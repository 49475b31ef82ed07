import { rulePointer } from '../../contract/index.ts';
import { because, empty, errorBody, media, says } from '../checks.ts';
import { to } from '../endpoints.ts';
import { account, post } from '../fixtures.ts';
import { Kept } from '../kept.ts';
import { articleCount, articlesInAnyOrder, hasTags, lacksTags } from '../lists.ts';
import { after, ask, prepare, query, setUp, step, succeeded } from '../steps.ts';
import type { Group } from '../types.ts';

export const deleteArticle: Group = {
  id: 'articles.delete',
  title: 'Deleting articles',
  steps(context) {
    const { unique } = context;
    const anna = account(context, 'anna');
    const ben = account(context, 'ben');
    const texts = { description: 'd', body: 'b' };
    const tags = { own: unique('own'), shared: unique('shared') };
    const article = post('article', anna, {
      ...texts,
      title: `Gone ${unique('soon')}`,
      tagList: [tags.own, tags.shared],
    });
    const other = post('other', anna, {
      ...texts,
      title: `Stays ${unique('here')}`,
      tagList: [tags.shared],
    });
    const commentId = new Kept<string>('the id of the comment');
    const follow = setUp('follow', to.follow, 200, ask(`${anna.profile}/follow`, ben));
    const mark = setUp('mark', to.favorite, 200, ask(article.at('/favorite'), ben));
    const deleted = succeeded();
    const unknown = `/articles/no-${unique('such')}`;
    const then = (
      path: string | (() => string),
      as?: typeof ben,
      body?: Parameters<typeof ask>[2],
      needed: Kept<unknown>[] = [],
    ) => after([deleted.done, ...needed], ask(path, as, body));
    const rule = rulePointer('article-gone');
    const gone = (sentence: string, one: ReturnType<typeof step>) => because('article-gone', sentence, one);
    return [
      anna.register,
      ben.register,
      article.create,
      other.create,
      prepare(
        'comment',
        to.comment,
        201,
        ask(article.at('/comments'), ben, { comment: { body: 'Soon gone' } }),
        commentId.from((reply) => String(reply.at('/comment/id'))),
      ),
      follow.step,
      mark.step,
      step('no-token', to.remove, 401, ask(article.at()), [errorBody]),
      because(
        'article-own',
        'Somebody else’s article cannot be deleted.',
        step('foreign', to.remove, 403, ask(article.at(), ben), [errorBody]),
      ),
      step('unknown', to.remove, 404, ask(unknown, anna), [errorBody, media]),
      because(
        'check-order',
        'A missing token is noticed before an unknown slug.',
        step('no-token-unknown', to.remove, 401, ask(unknown)),
      ),
      step('still-there', to.read, 200, ask(article.at())),
      step('own', to.remove, 204, ask(article.at(), anna), [empty], deleted.keep),
      step('gone', to.read, 404, then(article.at()), [errorBody]),
      gone(
        'An article that is gone cannot be deleted again.',
        step('twice', to.remove, 404, then(article.at(), anna)),
      ),
      because(
        'article-found',
        'An article that is gone cannot be changed.',
        step('change', to.change, 404, then(article.at(), anna, { article: { body: 'Back' } })),
      ),
      gone(
        'The comments of an article that is gone are gone.',
        step('comments', to.listComments, 404, then(article.at('/comments'))),
      ),
      gone(
        'An article that is gone cannot be commented.',
        step('commented', to.comment, 404, then(article.at('/comments'), ben, { comment: { body: 'Late' } })),
      ),
      gone(
        'A comment of an article that is gone cannot be deleted.',
        step(
          'comment-removed',
          to.removeComment,
          404,
          then(() => `${article.at('/comments')()}/${commentId.get()}`, ben),
        ),
      ),
      gone(
        'An article that is gone cannot be marked.',
        step('marked', to.favorite, 404, then(article.at('/favorite'), ben)),
      ),
      gone(
        'An article that is gone cannot be unmarked.',
        step('unmarked', to.unfavorite, 404, then(article.at('/favorite'), ben)),
      ),
      step(
        'unlisted',
        to.list,
        200,
        then(`/articles${query({ author: anna.username })}`, undefined, undefined, [other.slug]),
        [
          says('count', 'A deleted article is not counted.', 'article-gone', '/articlesCount', 1),
          articlesInAnyOrder('items', 'The other article is still listed, alone.', rule, () => [
            other.slug.get(),
          ]),
        ],
      ),
      step('unlisted-tag', to.list, 200, then(`/articles${query({ tag: tags.own })}`), [
        articleCount('items', 'A deleted article is not found by its tag.', rule, 0),
      ]),
      step(
        'unlisted-favorite',
        to.list,
        200,
        then(`/articles${query({ favorited: ben.username })}`, undefined, undefined, [mark.done]),
        [articleCount('items', 'A deleted article is nobody’s favorite.', rule, 0)],
      ),
      step('feed', to.feed, 200, then('/articles/feed', ben, undefined, [follow.done, other.slug]), [
        articlesInAnyOrder('items', 'A deleted article is in no feed.', rule, () => [other.slug.get()]),
        says('count', 'A deleted article is not counted in a feed.', 'article-gone', '/articlesCount', 1),
      ]),
      step('tags', to.listTags, 200, then('/tags', undefined, undefined, [other.slug]), [
        lacksTags('gone', 'A tag that only the deleted article had is gone.', 'article-gone', [tags.own]),
        hasTags('kept', 'A tag that another article has is still there.', [tags.shared]),
      ]),
      step('other', to.read, 200, then(other.at()), [
        says(
          'body',
          'The author’s other article is still there.',
          'article-found',
          '/article/body',
          texts.body,
        ),
      ]),
    ];
  },
};

import { says } from '../checks.ts';
import { to } from '../endpoints.ts';
import { account, post, type Account } from '../fixtures.ts';
import { articleInList } from '../lists.ts';
import { after, ask, query, setUp, step } from '../steps.ts';
import type { Check, Group } from '../types.ts';

/** Whether an author is followed, wherever authors are shown, as several callers see it. */
export const viewers: Group = {
  id: 'viewers',
  title: 'Authors as followers see them',
  steps(context) {
    const anna = account(context, 'anna');
    const ben = account(context, 'ben');
    const carl = account(context, 'carl');
    const article = post('article', anna, {
      title: `Seen ${context.unique('one')}`,
      description: 'd',
      body: 'b',
    });
    const comment = setUp(
      'comment',
      to.comment,
      201,
      ask(article.at('/comments'), anna, { comment: { body: 'Mine' } }),
    );
    const follow = setUp('follow', to.follow, 200, ask(`${anna.profile}/follow`, ben));
    const followToo = setUp('follow-too', to.follow, 200, ask(`${anna.profile}/follow`, carl));
    const unfollow = setUp('unfollow', to.unfollow, 200, ask(`${anna.profile}/follow`, ben));
    const followed = [article.slug, comment.done, follow.done];
    const slug = () => article.slug.get();
    const of = (path: string, sentence: string, wanted: boolean): Check =>
      says('following', sentence, 'following-caller', `${path}/author/following`, wanted);
    const inList = (sentence: string, wanted: boolean): Check =>
      articleInList('following', sentence, 'following-caller', slug, '/author/following', wanted);
    const look = (as?: Account) => after(followed, ask(article.at(), as));
    const list = (as?: Account) => after(followed, ask(`/articles${query({ author: anna.username })}`, as));
    const comments = (as?: Account) => after(followed, ask(article.at('/comments'), as));
    return [
      anna.register,
      ben.register,
      carl.register,
      article.create,
      comment.step,
      follow.step,
      followToo.step,
      step('article', to.read, 200, look(ben), [
        of('/article', 'The follower sees the author of an article as followed.', true),
      ]),
      step('article-author', to.read, 200, look(anna), [
        of('/article', 'The author sees the author of an article as not followed.', false),
      ]),
      step('article-stranger', to.read, 200, look(), [
        of('/article', 'A stranger sees the author of an article as not followed.', false),
      ]),
      step('list', to.list, 200, list(ben), [
        inList('The follower sees the author in a list as followed.', true),
      ]),
      step('list-author', to.list, 200, list(anna), [
        inList('The author sees the author in a list as not followed.', false),
      ]),
      step('comments', to.listComments, 200, comments(ben), [
        of('/comments/0', 'The follower sees the author of a comment as followed.', true),
      ]),
      step('comments-author', to.listComments, 200, comments(anna), [
        of('/comments/0', 'The author sees the author of a comment as not followed.', false),
      ]),
      step('comments-stranger', to.listComments, 200, comments(), [
        of('/comments/0', 'A stranger sees the author of a comment as not followed.', false),
      ]),
      step('favorite', to.favorite, 200, after(followed, ask(article.at('/favorite'), ben)), [
        of('/article', 'The follower who marks an article sees its author as followed.', true),
      ]),
      step('unfavorite', to.unfavorite, 200, after(followed, ask(article.at('/favorite'), ben)), [
        of('/article', 'The follower who unmarks an article sees its author as followed.', true),
      ]),
      step(
        'own-comment',
        to.comment,
        201,
        after(followed, ask(article.at('/comments'), ben, { comment: { body: 'Of the follower' } })),
        [of('/comment', 'The follower’s own comment has an author who is not followed.', false)],
      ),
      unfollow.step,
      step('unfollowed', to.read, 200, after([...followed, unfollow.done], look(ben)), [
        of('/article', 'Who follows no longer sees the author as not followed.', false),
      ]),
      step('still-followed', to.read, 200, after([...followed, followToo.done, unfollow.done], look(carl)), [
        of('/article', 'Another follower still sees the author as followed.', true),
      ]),
      step('unfollowed-comments', to.listComments, 200, after([...followed, unfollow.done], comments(ben)), [
        of('/comments/0', 'Who follows no longer sees the author of a comment as not followed.', false),
      ]),
    ];
  },
};

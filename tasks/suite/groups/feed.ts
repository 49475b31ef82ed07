import { rulePointer } from '../../contract/index.ts';
import { errorBody, fits, isPublic, media, noSecrets } from '../checks.ts';
import { to } from '../endpoints.ts';
import { account, post, type Post } from '../fixtures.ts';
import { articleCount, articleInList, articlesInOrder, noBodies, total } from '../lists.ts';
import { after, ask, later, query, setUp, step } from '../steps.ts';
import type { Kept } from '../kept.ts';
import type { Group } from '../types.ts';

export const feed: Group = {
  id: 'articles.feed',
  title: 'Feed',
  steps(context) {
    const reader = account(context, 'reader');
    const anna = account(context, 'anna');
    const ben = account(context, 'ben');
    const write = (name: string, author: typeof anna) =>
      post(name, author, {
        title: `Feed ${context.unique(name)}`,
        description: 'd',
        body: 'b',
        tagList: [context.unique('tag')],
      });
    const [a1, b1, a2, own, b2] = [
      write('a1', anna),
      write('b1', ben),
      write('a2', anna),
      write('own', reader),
      write('b2', ben),
    ] as const;
    const followAnna = setUp('follow-anna', to.follow, 200, ask(`${anna.profile}/follow`, reader));
    const followBen = setUp('follow-ben', to.follow, 200, ask(`${ben.profile}/follow`, reader));
    const unfollow = setUp('unfollow-anna', to.unfollow, 200, ask(`${anna.profile}/follow`, reader));
    const mark = setUp('mark', to.favorite, 200, ask(a1.at('/favorite'), reader));
    const written = [a1, b1, a2, own].map(({ slug }) => slug);
    const look = (needed: Kept<unknown>[], parameters = {}, as = reader) =>
      after([...written, ...needed], ask(`/articles/feed${query(parameters)}`, as));
    const shows = (id: string, sentence: string, rule: string, posts: readonly Post[]) =>
      articlesInOrder(id, sentence, rulePointer(rule), () => posts.map(({ slug }) => slug.get()));
    const one = [followAnna.done];
    const both = [...one, followBen.done];
    return [
      reader.register,
      anna.register,
      ben.register,
      a1.create,
      later(b1.create),
      later(a2.create),
      later(own.create),
      step('nobody', to.feed, 200, look([]), [
        fits('ArticleListResponse'),
        articleCount('items', 'Who follows nobody has an empty feed.', rulePointer('feed-content'), 0),
        total('The count of an empty feed is 0.', 0),
      ]),
      followAnna.step,
      mark.step,
      step('one', to.feed, 200, look([...one, mark.done]), [
        fits('ArticleListResponse'),
        media,
        shows('items', 'The feed has the articles of who is followed, the newest first.', 'feed-content', [
          a2,
          a1,
        ]),
        total('The count is that of these articles.', 2),
        noBodies,
        articleInList(
          'following',
          'The author of an article in the feed is followed.',
          'following-caller',
          () => a1.slug.get(),
          '/author/following',
          true,
        ),
        articleInList(
          'favorited',
          'What the caller has marked is marked in the feed.',
          'favorited-caller',
          () => a1.slug.get(),
          '/favorited',
          true,
        ),
        articleInList(
          'not-favorited',
          'What the caller has not marked is not marked in the feed.',
          'favorited-caller',
          () => a2.slug.get(),
          '/favorited',
          false,
        ),
        articleInList(
          'marks',
          'The feed counts the marks.',
          'favorites-count',
          () => a1.slug.get(),
          '/favoritesCount',
          1,
        ),
        isPublic('/articles/0/author'),
        noSecrets(anna.password),
      ]),
      followBen.step,
      step('both', to.feed, 200, look(both), [
        shows('items', 'The feed mixes authors by time, and lacks one’s own articles.', 'list-order', [
          a2,
          b1,
          a1,
        ]),
        total('The count is that of all who are followed.', 3),
      ]),
      step('limit', to.feed, 200, look(both, { limit: 1 }), [
        shows('items', 'A limit of 1 gives the newest article.', 'limit', [a2]),
        total('The count does not depend on the limit.', 3),
      ]),
      step('offset', to.feed, 200, look(both, { offset: 1 }), [
        shows('items', 'An offset of 1 leaves out the newest article.', 'offset', [b1, a1]),
        total('The count does not depend on the offset.', 3),
      ]),
      step('limit-and-offset', to.feed, 200, look(both, { limit: 1, offset: 1 }), [
        shows('items', 'The offset comes before the limit.', 'offset', [b1]),
      ]),
      step('beyond', to.feed, 200, look(both, { offset: 3 }), [
        articleCount('items', 'Beyond the end the feed is empty.', rulePointer('offset'), 0),
      ]),
      step('other', to.feed, 200, look(both, {}, ben), [
        articleCount('items', 'The feed of another caller is not this one.', rulePointer('feed-content'), 0),
      ]),
      unfollow.step,
      step('unfollowed', to.feed, 200, look([...both, unfollow.done]), [
        shows('items', 'Who is no longer followed is no longer in the feed.', 'feed-content', [b1]),
        total('The count is that of who is still followed.', 1),
      ]),
      later(b2.create),
      step('new', to.feed, 200, look([...both, unfollow.done, b2.slug]), [
        shows('items', 'A new article comes at the top of the feed.', 'list-order', [b2, b1]),
      ]),
      step('no-token', to.feed, 401, ask('/articles/feed'), [errorBody, media]),
    ];
  },
};

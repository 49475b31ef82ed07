import { because, says } from '../checks.ts';
import { to } from '../endpoints.ts';
import { account, post } from '../fixtures.ts';
import type { Kept } from '../kept.ts';
import { articleInList, articlesInAnyOrder } from '../lists.ts';
import { rulePointer } from '../../contract/index.ts';
import { after, ask, query, setUp, step, succeeded } from '../steps.ts';
import type { Group } from '../types.ts';

const bio = 'Under another name';
const image = 'https://example.org/new.png';

export const rename: Group = {
  id: 'users.rename',
  title: 'A user under a new name',
  steps(context) {
    const anna = account(context, 'anna');
    const ben = account(context, 'ben');
    const { username } = context.person('renamed');
    const article = post('article', anna, {
      title: `Renamed ${context.unique('author')}`,
      description: 'd',
      body: 'b',
    });
    const renamed = succeeded();
    const comment = setUp(
      'comment',
      to.comment,
      201,
      ask(article.at('/comments'), anna, { comment: { body: 'Mine' } }),
    );
    const mark = setUp('mark', to.favorite, 200, ask(article.at('/favorite'), anna));
    const follow = setUp('follow', to.follow, 200, ask(`${anna.profile}/follow`, ben));
    const then = (path: string | (() => string), as?: typeof ben, needed: Kept<unknown>[] = []) =>
      after([renamed.done, ...needed], ask(path, as));
    const everywhere = (id: string, sentence: string, path: string, wanted: string | boolean) =>
      says(id, sentence, 'user-everywhere', path, wanted);
    const slug = () => article.slug.get();
    const profile = `/profiles/${username}`;
    return [
      anna.register,
      ben.register,
      article.create,
      comment.step,
      mark.step,
      follow.step,
      step(
        'change',
        to.changeUser,
        200,
        ask('/user', anna, { user: { username, bio, image } }),
        [says('username', 'The name is the new one.', 'user-change', '/user/username', username)],
        anna.token.from((reply) => reply.text('/user/token')),
        renamed.keep,
      ),
      step('token', to.readUser, 200, then('/user', anna), [
        says('username', 'The caller has the new name.', 'user-caller', '/user/username', username),
      ]),
      step('profile', to.readProfile, 200, then(profile, ben, [follow.done]), [
        everywhere('username', 'The profile is found under the new name.', '/profile/username', username),
        everywhere('bio', 'The profile has the new biography.', '/profile/bio', bio),
        everywhere('image', 'The profile has the new image.', '/profile/image', image),
        says(
          'following',
          'Who followed the user still does.',
          'following-caller',
          '/profile/following',
          true,
        ),
      ]),
      because(
        'user-everywhere',
        'The old name is nobody’s any more.',
        step('old-profile', to.readProfile, 404, then(anna.profile)),
      ),
      step('article', to.read, 200, then(article.at()), [
        everywhere('author', 'The article has the new name.', '/article/author/username', username),
        everywhere('bio', 'The article has the new biography.', '/article/author/bio', bio),
        everywhere('image', 'The article has the new image.', '/article/author/image', image),
      ]),
      step('comments', to.listComments, 200, then(article.at('/comments'), undefined, [comment.done]), [
        everywhere('author', 'The comment has the new name.', '/comments/0/author/username', username),
        everywhere('bio', 'The comment has the new biography.', '/comments/0/author/bio', bio),
      ]),
      step(
        'author',
        to.list,
        200,
        then(`/articles${query({ author: username })}`, undefined, [article.slug]),
        [
          articleInList(
            'name',
            'The filter by author knows the new name, and the list shows it.',
            'user-everywhere',
            slug,
            '/author/username',
            username,
          ),
        ],
      ),
      step('old-author', to.list, 200, then(`/articles${query({ author: anna.username })}`), [
        articlesInAnyOrder(
          'items',
          'The filter by author no longer knows the old name.',
          rulePointer('user-everywhere'),
          () => [],
        ),
      ]),
      step(
        'favorited',
        to.list,
        200,
        then(`/articles${query({ favorited: username })}`, undefined, [mark.done]),
        [
          articlesInAnyOrder(
            'items',
            'The filter by favorites knows the new name.',
            rulePointer('user-everywhere'),
            () => [slug()],
          ),
        ],
      ),
      step('feed', to.feed, 200, then('/articles/feed', ben, [follow.done]), [
        articleInList(
          'author',
          'The feed has the new name.',
          'user-everywhere',
          slug,
          '/author/username',
          username,
        ),
      ]),
    ];
  },
};

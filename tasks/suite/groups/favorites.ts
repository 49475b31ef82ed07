import { rulePointer } from '../../contract/index.ts';
import { because, errorBody, fits, isPublic, media, says } from '../checks.ts';
import { to } from '../endpoints.ts';
import { account, post, type Account } from '../fixtures.ts';
import type { Kept } from '../kept.ts';
import { articleInList, articlesInAnyOrder } from '../lists.ts';
import { after, ask, query, step, succeeded } from '../steps.ts';
import type { Check, Group } from '../types.ts';

export const favorites: Group = {
  id: 'favorites',
  title: 'Favorites of several users',
  steps(context) {
    const anna = account(context, 'anna');
    const fan = account(context, 'fan');
    const other = account(context, 'other');
    const article = post('article', anna, {
      title: `Favorite ${context.unique('one')}`,
      description: 'd',
      body: 'Marked',
    });
    const unknown = `/articles/no-${context.unique('such')}/favorite`;
    const [marked, both, taken] = [succeeded(), succeeded(), succeeded()] as const;
    const slug = () => article.slug.get();
    const toggle = (as?: Account, ...needed: Kept<unknown>[]) =>
      after([article.slug, ...needed], ask(article.at('/favorite'), as));
    const look = (as: Account | undefined, ...needed: Kept<unknown>[]) =>
      after([article.slug, ...needed], ask(article.at(), as));
    const favorited = (sentence: string, wanted: boolean): Check =>
      says('favorited', sentence, 'favorited-caller', '/article/favorited', wanted);
    const count = (sentence: string, wanted: number): Check =>
      says('count', sentence, 'favorites-count', '/article/favoritesCount', wanted);
    return [
      anna.register,
      fan.register,
      other.register,
      article.create,
      step('no-token', to.favorite, 401, toggle(), [errorBody, media]),
      step('unknown', to.favorite, 404, ask(unknown, fan), [errorBody]),
      because(
        'check-order',
        'A missing token is noticed before an unknown slug.',
        step('no-token-unknown', to.favorite, 401, ask(unknown)),
      ),
      step(
        'mark',
        to.favorite,
        200,
        toggle(fan),
        [
          fits('ArticleResponse'),
          media,
          says('slug', 'The article is the one marked.', 'article-found', '/article/slug', slug),
          favorited('The article is marked now.', true),
          count('One user has marked it.', 1),
          isPublic('/article/author'),
        ],
        marked.keep,
      ),
      step('fan', to.read, 200, look(fan, marked.done), [
        favorited('It is still marked later.', true),
        count('The mark is counted later.', 1),
      ]),
      step('other', to.read, 200, look(other, marked.done), [
        favorited('For another caller it is not marked.', false),
        count('Another caller sees the same count.', 1),
      ]),
      step('stranger', to.read, 200, look(undefined, marked.done), [
        favorited('For a stranger it is not marked.', false),
        count('A stranger sees the same count.', 1),
      ]),
      step('twice', to.favorite, 200, toggle(fan, marked.done), [
        says('count', 'Marking twice counts once.', 'favorite-once', '/article/favoritesCount', 1),
        says('favorited', 'It is marked after it.', 'favorite-once', '/article/favorited', true),
      ]),
      step(
        'second',
        to.favorite,
        200,
        toggle(other, marked.done),
        [favorited('It is marked for the second user.', true), count('Two users have marked it.', 2)],
        both.keep,
      ),
      step('own', to.favorite, 200, toggle(anna, both.done), [
        says('favorited', 'One’s own article can be marked.', 'favorite-own', '/article/favorited', true),
        count('One’s own mark is counted.', 3),
      ]),
      step('own-taken', to.unfavorite, 200, toggle(anna, both.done), [
        favorited('One’s own mark can be taken away.', false),
      ]),
      step(
        'list',
        to.list,
        200,
        after([both.done, article.slug], ask(`/articles${query({ author: anna.username })}`, fan)),
        [
          articleInList(
            'favorited',
            'The list shows the caller’s mark.',
            'favorited-caller',
            slug,
            '/favorited',
            true,
          ),
          articleInList(
            'count',
            'The list shows the count of marks.',
            'favorites-count',
            slug,
            '/favoritesCount',
            2,
          ),
        ],
      ),
      step(
        'list-author',
        to.list,
        200,
        after([both.done, article.slug], ask(`/articles${query({ author: anna.username })}`, anna)),
        [
          articleInList(
            'favorited',
            'The list does not show the marks of others.',
            'favorited-caller',
            slug,
            '/favorited',
            false,
          ),
        ],
      ),
      step(
        'unmark',
        to.unfavorite,
        200,
        toggle(fan, both.done),
        [
          fits('ArticleResponse'),
          media,
          favorited('The article is no longer marked.', false),
          count('The mark of the other user remains.', 1),
          isPublic('/article/author'),
        ],
        taken.keep,
      ),
      step('unmarked', to.read, 200, look(fan, taken.done), [
        favorited('It is still not marked later, though it was marked twice.', false),
      ]),
      step('still-marked', to.read, 200, look(other, taken.done), [
        favorited('For the other user it is still marked.', true),
        count('One mark is counted.', 1),
      ]),
      step('unmark-twice', to.unfavorite, 200, toggle(fan, taken.done), [
        says('count', 'Taking away twice is no error.', 'unfavorite-any', '/article/favoritesCount', 1),
      ]),
      step(
        'unmarked-list',
        to.list,
        200,
        after([taken.done, article.slug], ask(`/articles${query({ favorited: fan.username })}`)),
        [
          articlesInAnyOrder(
            'items',
            'What is no longer marked is not found by the fan’s name.',
            rulePointer('list-filters'),
            () => [],
          ),
        ],
      ),
      step('unmark-no-token', to.unfavorite, 401, toggle(), [errorBody]),
      step('unmark-unknown', to.unfavorite, 404, ask(unknown, fan), [errorBody]),
    ];
  },
};

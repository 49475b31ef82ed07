import { rulePointer } from '../../contract/index.ts';
import { because, check, requireThat, says } from '../checks.ts';
import { to } from '../endpoints.ts';
import { account, post } from '../fixtures.ts';
import { Kept } from '../kept.ts';
import { after, ask, setUp, step } from '../steps.ts';
import type { Check, Group, Step } from '../types.ts';

const slugIsMade: Check = check(
  'slug',
  'The slug is not empty and has no slash.',
  rulePointer('slug-made'),
  (reply) => {
    const slug = reply.text('/article/slug');
    requireThat(slug !== '' && !slug.includes('/'), 'the slug cannot stand in a path', 'a slug', slug);
  },
);

export const slugs: Group = {
  id: 'articles.slugs',
  title: 'Slugs',
  steps(context) {
    const anna = account(context, 'anna');
    const texts = { description: 'd', body: 'b' };
    const first = post('first', anna, {
      ...texts,
      title: `One ${context.unique('title')}`,
      body: 'First',
    });
    const second = post('second', anna, { ...texts, title: `Two ${context.unique('title')}` });
    const twin = { ...texts, title: `Twin ${context.unique('title')}` };
    const elder = post('elder-twin', anna, twin);
    const younger = post('younger-twin', anna, twin);
    const alone = setUp('delete-twin', to.remove, 204, ask(elder.at(), anna));
    const secondSlug = new Kept<string>('the new slug of the second article');
    return [
      anna.register,
      first.create,
      second.create,
      ...reached('no-latin', '你好，世界', 'A title without a Latin letter', anna),
      ...reached('punctuation', '?!', 'A title of nothing but signs', anna),
      ...reached('path', '../a/b?c=d#e %2F &', 'A title that looks like an address', anna),
      ...reached('feed', 'feed', 'The title feed', anna),
      step(
        'same-as-other',
        to.change,
        200,
        ask(second.at(), anna, { article: { title: `One ${context.unique('title')}` } }),
        [
          check(
            'slug',
            'A title that another article has gives a slug of its own.',
            rulePointer('slug-unique'),
            (reply) => {
              const got = reply.text('/article/slug');
              requireThat(got !== first.slug.get(), 'two articles have one slug', 'another slug', got);
            },
          ),
        ],
        secondSlug.from((reply) => reply.text('/article/slug')),
      ),
      elder.create,
      younger.create,
      alone.step,
      step(
        'same-again',
        to.change,
        200,
        after([alone.done], ask(younger.at(), anna, { article: { title: twin.title } })),
        [
          says(
            'slug',
            'A slug stays with its title, also when the article that had the title first is gone.',
            'slug-stable',
            '/article/slug',
            () => younger.slug.get(),
          ),
        ],
      ),
      step('first-still', to.read, 200, ask(first.at()), [
        says(
          'body',
          'The first article is still found under its slug.',
          'article-found',
          '/article/body',
          'First',
        ),
      ]),
      step(
        'second-moved',
        to.read,
        200,
        ask(() => `/articles/${encodeURIComponent(secondSlug.get())}`),
        [
          says(
            'body',
            'The second article is found under its own.',
            'article-found',
            '/article/body',
            texts.body,
          ),
        ],
      ),
    ];
  },
};

/** An article of this title is written, and found under the slug that it got. */
function reached(id: string, title: string, what: string, author: Parameters<typeof post>[1]): Step[] {
  const slug = new Kept<string>('the slug');
  const article = { title, description: 'd', body: `Under ${id}` };
  return [
    because(
      'slug-made',
      `${what} is taken.`,
      step(
        id,
        to.write,
        201,
        ask('/articles', author, { article }),
        [slugIsMade],
        slug.from((reply) => reply.text('/article/slug')),
      ),
    ),
    step(
      `${id}-read`,
      to.read,
      200,
      ask(() => `/articles/${encodeURIComponent(slug.get())}`),
      [says('body', 'The article is found under its slug.', 'article-found', '/article/body', article.body)],
    ),
  ];
}

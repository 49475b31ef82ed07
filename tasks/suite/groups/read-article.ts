import { because, errorBody, fits, isPublic, media, says } from '../checks.ts';
import { to } from '../endpoints.ts';
import { account, post } from '../fixtures.ts';
import { after, ask, step } from '../steps.ts';
import type { Group } from '../types.ts';

export const readArticle: Group = {
  id: 'articles.read',
  title: 'Reading an article',
  steps(context) {
    const anna = account(context, 'anna');
    const fields = {
      title: `Reading ${context.unique('owls')}`,
      description: 'About owls',
      body: 'They see.',
      tagList: [context.unique('night'), context.unique('day')],
    };
    const article = post('article', anna, fields);
    const unknown = `/articles/no-${context.unique('such')}`;
    return [
      anna.register,
      article.create,
      step('stranger', to.read, 200, ask(article.at()), [
        fits('ArticleResponse'),
        media,
        says('title', 'The title is the one given.', 'article-found', '/article/title', fields.title),
        says(
          'description',
          'The description is the one given.',
          'article-found',
          '/article/description',
          fields.description,
        ),
        says('body', 'One article comes with its body.', 'article-found', '/article/body', fields.body),
        says('tags', 'The tags are in the order given.', 'tags-given', '/article/tagList', fields.tagList),
        says(
          'author',
          'The author is who wrote it.',
          'article-found',
          '/article/author/username',
          anna.username,
        ),
        says('slug', 'The slug is the one asked for.', 'article-found', '/article/slug', () =>
          article.slug.get(),
        ),
        says(
          'favorited',
          'Without a token it is no favorite.',
          'favorited-caller',
          '/article/favorited',
          false,
        ),
        isPublic('/article/author'),
      ]),
      step('author', to.read, 200, ask(article.at(), anna), [
        says('body', 'With a token it is the same article.', 'article-found', '/article/body', fields.body),
      ]),
      step('unknown', to.read, 404, ask(unknown), [errorBody, media]),
      step('unknown-caller', to.read, 404, ask(unknown, anna)),
      because(
        'exact-match',
        'A part of a slug is not the slug.',
        step(
          'unknown-part',
          to.read,
          404,
          after([article.slug], () => ({
            path: `/articles/${encodeURIComponent([...article.slug.get()].slice(0, -1).join(''))}`,
          })),
        ),
      ),
      because(
        'exact-match',
        'A slug in other letters, upper case for lower, is not the slug.',
        step(
          'unknown-case',
          to.read,
          404,
          after([article.slug], () => ({
            path: `/articles/${encodeURIComponent(otherCase(article.slug.get()))}`,
          })),
        ),
      ),
    ];
  },
};

/** The text in other letters; a text without letters gets one. */
function otherCase(text: string): string {
  const others = [text.toUpperCase(), text.toLowerCase(), `${text}x`];
  return others.find((other) => other !== text) ?? '';
}

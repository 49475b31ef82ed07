import { rulePointer } from '../../contract/index.ts';
import type { Json } from '../../json.ts';
import {
  because,
  check,
  equals,
  errorBody,
  errorNames,
  fits,
  isPublic,
  media,
  noSecrets,
  requireThat,
  says,
} from '../checks.ts';
import { to } from '../endpoints.ts';
import { account } from '../fixtures.ts';
import { Kept } from '../kept.ts';
import { articlesInAnyOrder } from '../lists.ts';
import { refusals, refusesNoWrapper } from '../refusals.ts';
import { ask, query, step } from '../steps.ts';
import { notEarlier } from '../times.ts';
import type { Group } from '../types.ts';

export const createArticle: Group = {
  id: 'articles.create',
  title: 'Writing articles',
  steps(context) {
    const { unique } = context;
    const anna = account(context, 'anna');
    const slug = new Kept<string>('the slug');
    const secondSlug = new Kept<string>('the slug');
    const article = {
      title: `Dragons of ${unique('north')}`,
      description: 'On training them',
      body: 'Be patient.\n\nBe **very** patient: “naïve” 🐉',
      tagList: [unique('zoo'), unique('ants'), unique('mice')],
    };
    const { title, description, body } = article;
    const send = (fields: Json) => ask('/articles', anna, { article: fields });
    const given = (id: 'title' | 'description' | 'body', sentence: string) =>
      says(id, sentence, 'article-given', `/article/${id}`, article[id]);
    return [
      anna.register,
      step(
        'new',
        to.write,
        201,
        send(article),
        [
          fits('ArticleResponse'),
          media,
          given('title', 'The title is the one given.'),
          given('description', 'The description is the one given.'),
          given('body', 'The body is the one given, line breaks and all.'),
          says('tags', 'The tags are in the order given.', 'tags-given', '/article/tagList', article.tagList),
          says(
            'author',
            'The author is the caller.',
            'article-given',
            '/article/author/username',
            anna.username,
          ),
          says('favorited', 'The article is no favorite yet.', 'article-given', '/article/favorited', false),
          says('count', 'Nobody has marked it yet.', 'article-given', '/article/favoritesCount', 0),
          says(
            'following',
            'The caller, who follows nobody, does not follow the author.',
            'following-caller',
            '/article/author/following',
            false,
          ),
          notEarlier('updated', 'It is not changed before it is created.', '/article'),
          isPublic('/article/author'),
          noSecrets(anna.password),
        ],
        slug.from((reply) => reply.text('/article/slug')),
      ),
      step(
        'same-title',
        to.write,
        201,
        send({ title, description, body }),
        [
          check('slug', 'The same title gives another slug.', rulePointer('slug-unique'), (reply) => {
            const first = slug.get();
            const second = reply.text('/article/slug');
            requireThat(second !== first, 'two articles have one slug', `not ${first}`, second);
          }),
          equals(
            'tags',
            'Without tags the list is empty.',
            rulePointer('tags-given'),
            '/article/tagList',
            [],
          ),
        ],
        secondSlug.from((reply) => reply.text('/article/slug')),
      ),
      step('missing-title', to.write, 422, send({ description, body }), [
        errorBody,
        errorNames('title', 'text-missing'),
      ]),
      ...refusals(
        to.write,
        [
          ['missing', 'description'],
          ['missing', 'body'],
          ['blank', 'title'],
          ['blank', 'description'],
          ['blank', 'body'],
          ['null', 'title'],
          ['number', 'description'],
          ['white', 'body'],
        ],
        send,
        () => ({ title, description, body }),
      ),
      step('text-tags', to.write, 422, send({ ...article, tagList: 'one, two' }), [
        errorNames('tagList', 'tags-type'),
        media,
      ]),
      step('number-tags', to.write, 422, send({ ...article, tagList: ['one', 2] }), [
        errorNames('tagList', 'tags-type'),
      ]),
      refusesNoWrapper(to.write, ask('/articles', anna, {})),
      step('after-refusals', to.list, 200, ask(`/articles${query({ author: anna.username })}`), [
        articlesInAnyOrder(
          'items',
          'Articles that were refused are in no list.',
          rulePointer('refused-no-effect'),
          () => [slug.get(), secondSlug.get()],
        ),
      ]),
      step('no-token', to.write, 401, ask('/articles', undefined, { article }), [errorBody, media]),
      because(
        'check-order',
        'A missing token is noticed before a wrong body.',
        step('no-token-blank', to.write, 401, ask('/articles', undefined, { article: { title: '' } })),
      ),
    ];
  },
};

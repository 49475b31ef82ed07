import { endpointPointer, schemaPointer } from '../../contract/index.ts';
import type { Json } from '../../json.ts';
import { check, equals, errorBody, errorNames, fits, prepareUser, requireThat, step } from '../checks.ts';
import { Kept } from '../reply.ts';
import type { Group } from '../types.ts';

const endpoint = 'POST /articles';
const here = endpointPointer(endpoint);

export const createArticle: Group = {
  id: 'articles.create',
  title: 'Writing articles',
  steps({ person, unique }) {
    const anna = person('anna');
    const token = new Kept<string>('the token of POST /users');
    const slug = new Kept<string>('the slug of the first article');
    const article = {
      title: `Dragons of ${unique('north')}`,
      description: 'On training them',
      body: 'Be patient.\n\nBe **very** patient: “naïve” 🐉',
      tagList: [unique('zoo'), unique('ants')],
    };
    const ask = (value: Json) => () => ({ path: '/articles', token: token.get(), body: { article: value } });
    const { title, description, body } = article;
    return [
      prepareUser('register', anna, token),
      step(
        'new',
        endpoint,
        201,
        ask(article),
        [
          fits('ArticleResponse'),
          equals('title', 'The title is the one given.', here, '/article/title', title),
          equals(
            'description',
            'The description is the one given.',
            here,
            '/article/description',
            description,
          ),
          equals('body', 'The body is the one given, line breaks and all.', here, '/article/body', body),
          equals(
            'tags',
            'The tags are in the order given.',
            schemaPointer('Article'),
            '/article/tagList',
            article.tagList,
          ),
          equals('author', 'The author is the caller.', here, '/article/author/username', anna.username),
          equals('favorited', 'The article is no favorite yet.', here, '/article/favorited', false),
          equals('count', 'Nobody has marked it yet.', here, '/article/favoritesCount', 0),
        ],
        (reply) => slug.set(reply.text('/article/slug')),
      ),
      step('same-title', endpoint, 201, ask({ title, description, body }), [
        check('slug', 'The same title gives another slug.', here, (reply) => {
          const first = slug.get();
          const second = reply.text('/article/slug');
          requireThat(second !== first, 'two articles have one slug', `not ${first}`, second);
        }),
        equals('tags', 'Without tags the list is empty.', schemaPointer('Article'), '/article/tagList', []),
      ]),
      step('missing-title', endpoint, 422, ask({ description, body }), [errorBody, errorNames('title')]),
      step('missing-body', endpoint, 422, ask({ title, description }), [errorNames('body')]),
      step('blank-description', endpoint, 422, ask({ title, description: '', body }), [
        errorNames('description'),
      ]),
      step('no-token', endpoint, 401, () => ({ path: '/articles', body: { article } }), [errorBody]),
    ];
  },
};

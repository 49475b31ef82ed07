import type { Json } from '../json.ts';
import { Kept } from './kept.ts';
import { ask, prepare } from './steps.ts';
import type { GroupContext, Person, Step } from './types.ts';

/** A person with a token. */
export interface Account extends Person {
  token: Kept<string>;
  /** Registers the person. */
  register: Step;
  /** Path of the profile. */
  profile: string;
}

/** A person of a group, and the step that registers them. */
export function account(context: GroupContext, name: string, changes: Partial<Person> = {}): Account {
  const person = { ...context.person(name), ...changes };
  const token = new Kept<string>('the token');
  return {
    ...person,
    token,
    profile: `/profiles/${encodeURIComponent(person.username)}`,
    register: prepare(
      `register-${name}`,
      'POST /users',
      201,
      ask('/users', undefined, { user: person }),
      token.from((reply) => reply.text('/user/token')),
    ),
  };
}

/** What an author gives; a type alias, so that it is JSON. */
export type ArticleFields = {
  title: string;
  description: string;
  body: string;
  tagList?: string[];
};

/** An article of a group. */
export interface Post {
  slug: Kept<string>;
  /** Writes it. */
  create: Step;
  /** Its path, with this at the end: `post.at('/comments')`. Throws NotReached while it does not exist. */
  at(suffix?: string): () => string;
}

/** An article of this author, and the step that writes it. */
export function post(name: string, author: { token: Kept<string> }, fields: ArticleFields): Post {
  const slug = new Kept<string>('the slug');
  return {
    slug,
    create: prepare(
      `create-${name}`,
      'POST /articles',
      201,
      ask('/articles', author, { article: withoutNothing(fields) }),
      slug.from((reply) => reply.text('/article/slug')),
    ),
    at:
      (suffix = '') =>
      () =>
        `/articles/${encodeURIComponent(slug.get())}${suffix}`,
  };
}

function withoutNothing(fields: ArticleFields): Json {
  const { tagList, ...texts } = fields;
  return tagList === undefined ? texts : { ...texts, tagList };
}

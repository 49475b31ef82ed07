import type { Json } from '../../json.ts';

export interface User {
  username: string;
  email: string;
  password: string;
  bio: Json;
  image: Json;
  followers: Set<User>;
}

export interface Comment {
  id: number;
  body: string;
  author: User;
  at: Date;
}

export interface Article {
  slug: string;
  title: string;
  description: string;
  body: string;
  tagList: string[];
  author: User;
  /** The author’s name when the article was written. */
  signed: string;
  createdAt: Date;
  updatedAt: Date;
  fans: Set<User>;
  comments: Comment[];
}

/** A status and messages about these names, in place of an answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly status: number,
    readonly about: readonly string[],
  ) {
    super(`${status}: ${about.join(', ')}`);
  }
}

export type Fields = { [key: string]: Json };

/** Fields that have to be texts which are not blank; `all` of them, or those that are given. */
export function requireTexts(fields: Fields, names: readonly string[], all: boolean): void {
  const wrong = names.filter((name) => {
    if (!Object.hasOwn(fields, name)) return all;
    const value = fields[name];
    return typeof value !== 'string' || value.trim() === '';
  });
  if (wrong.length > 0) throw new Refusal(422, wrong);
}

/** A list of texts, when it is given. */
export function requireTags(fields: Fields): string[] | undefined {
  if (!Object.hasOwn(fields, 'tagList')) return undefined;
  const given = fields['tagList'] ?? null;
  if (!Array.isArray(given) || !given.every((tag) => typeof tag === 'string')) {
    throw new Refusal(422, ['tagList']);
  }
  return [...new Set(given)];
}

/** Fields that are a text or null, when they are given. */
export function requireNullable(fields: Fields, names: readonly string[]): void {
  const wrong = names.filter(
    (name) => Object.hasOwn(fields, name) && typeof fields[name] !== 'string' && fields[name] !== null,
  );
  if (wrong.length > 0) throw new Refusal(422, wrong);
}

import type { Json } from '../../json.ts';
import type { Fault } from './faults.ts';
import {
  Refusal,
  requireTags,
  requireTexts,
  type Article,
  type Comment,
  type Fields,
  type User,
} from './state.ts';
import type { Users } from './users.ts';

/** The model's articles with their comments, marks and tags. */
export class Articles {
  readonly #faults: ReadonlySet<Fault>;
  readonly #users: Users;
  readonly #everUsed = new Set<string>();
  #all: Article[] = [];
  #lastComment = 0;

  constructor(faults: ReadonlySet<Fault>, users: Users) {
    this.#faults = faults;
    this.#users = users;
  }

  /** @param reader whose feed it is; all articles when there is none */
  list(query: URLSearchParams, caller: User | undefined, reader?: User): Json {
    const found = this.#all.filter((article) =>
      reader ? this.#isInFeed(article, reader) : this.#isWanted(article, query),
    );
    if (!this.#faults.has('oldest-first')) found.reverse();
    const offset = Number(query.get('offset') ?? 0);
    const limit = Number(query.get('limit') ?? (this.#faults.has('page-of-ten') ? 10 : 20));
    const page = found.slice(offset, offset + limit);
    const articles = page.map((article) => {
      const { body, ...item } = this.#view(article, caller);
      return this.#faults.has('body-in-list') ? { ...item, body: body ?? null } : item;
    });
    return { articles, articlesCount: this.#faults.has('count-of-page') ? page.length : found.length };
  }

  write(author: User, read: () => Fields): Json {
    const fields = read();
    this.#validate(fields, true);
    const now = new Date();
    const title = this.#text(fields, 'title');
    const article: Article = {
      slug: this.#freeSlug(title),
      title,
      description: this.#text(fields, 'description'),
      body: this.#text(fields, 'body'),
      tagList: this.#tags(fields) ?? [],
      author,
      signed: author.username,
      createdAt: now,
      updatedAt: now,
      fans: new Set(),
      comments: [],
    };
    this.#all.push(article);
    return this.show(article, author);
  }

  change(caller: User, slug: string, read: () => Fields): Json {
    const article = this.#own(caller, slug);
    const fields = read();
    this.#validate(fields, false);
    const { title } = fields;
    if (typeof title === 'string' && title !== article.title) {
      article.slug = '';
      article.slug = this.#freeSlug(title);
    }
    for (const name of ['title', 'description', 'body'] as const) {
      if (fields[name] !== undefined) article[name] = this.#text(fields, name);
    }
    article.tagList = this.#tags(fields) ?? article.tagList;
    if (!this.#faults.has('still-updated')) article.updatedAt = new Date();
    return this.show(article, caller);
  }

  remove(caller: User, slug: string): void {
    const article = this.#own(caller, slug);
    if (!this.#faults.has('delete-nothing')) this.#all = this.#all.filter((one) => one !== article);
  }

  mark(caller: User, slug: string, on: boolean): Json {
    const article = this.at(slug);
    if (on) article.fans.add(caller);
    else article.fans.delete(caller);
    return this.show(article, caller);
  }

  comments(slug: string, caller: User | undefined): Json {
    const comments = this.at(slug).comments.map((comment) => this.#showComment(comment, caller));
    return { comments: this.#faults.has('comments-newest-first') ? comments.reverse() : comments };
  }

  comment(author: User, slug: string, read: () => Fields): Json {
    const article = this.at(slug);
    const fields = read();
    if (!this.#faults.has('no-validation')) requireTexts(fields, ['body'], true);
    this.#lastComment += 1;
    const comment = { id: this.#lastComment, body: this.#text(fields, 'body'), author, at: new Date() };
    article.comments.push(comment);
    return { comment: this.#showComment(comment, author) };
  }

  removeComment(caller: User, slug: string, id: string): void {
    const article = this.at(slug);
    const comment = article.comments.find((one) => String(one.id) === id);
    if (comment === undefined) throw new Refusal(404, ['comment']);
    if (comment.author !== caller && !this.#faults.has('no-ownership')) throw new Refusal(403, ['comment']);
    article.comments = article.comments.filter((one) => one !== comment);
  }

  tags(): string[] {
    if (this.#faults.has('tags-for-ever')) return [...this.#everUsed];
    return [...new Set(this.#all.flatMap((article) => article.tagList))];
  }

  /** @throws Refusal when no article has this slug. */
  at(slug: string): Article {
    const article = this.#all.find((one) => one.slug === slug);
    if (article === undefined) throw new Refusal(404, ['article']);
    return article;
  }

  show(article: Article, caller: User | undefined): Json {
    return { article: this.#view(article, caller) };
  }

  #isWanted(article: Article, query: URLSearchParams): boolean {
    const same = (value: string, wanted: string | null) =>
      this.#faults.has('filter-by-part') ? value.includes(wanted ?? '') : value === wanted;
    const meets = [
      ...(query.has('author') ? [same(article.author.username, query.get('author'))] : []),
      ...(query.has('tag') ? [article.tagList.some((tag) => same(tag, query.get('tag')))] : []),
      ...(query.has('favorited')
        ? [[...article.fans].some((fan) => same(fan.username, query.get('favorited')))]
        : []),
    ];
    return this.#faults.has('filters-by-or') && meets.length > 0
      ? meets.includes(true)
      : !meets.includes(false);
  }

  #isInFeed({ author }: Article, reader: User): boolean {
    return this.#faults.has('feed-of-all') || author.followers.has(reader);
  }

  #own(caller: User, slug: string): Article {
    const article = this.at(slug);
    if (article.author !== caller && !this.#faults.has('no-ownership')) throw new Refusal(403, ['article']);
    return article;
  }

  #validate(fields: Fields, all: boolean): void {
    if (this.#faults.has('no-validation')) return;
    requireTexts(fields, ['title', 'description', 'body'], all);
    requireTags(fields);
  }

  #tags(fields: Fields): string[] | undefined {
    const tags = this.#faults.has('no-validation') ? undefined : requireTags(fields);
    for (const tag of tags ?? []) this.#everUsed.add(tag);
    return tags;
  }

  #text(fields: Fields, name: string): string {
    const text = String(fields[name]);
    const trimmed = this.#faults.has('trim-texts') ? text.trim() : text;
    return this.#faults.has('escape-markup') ? trimmed.replaceAll('<', '&lt;') : trimmed;
  }

  #freeSlug(title: string): string {
    const letters = title
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '');
    const base = letters === '' || letters === 'feed' ? `article-${letters}` : letters;
    if (this.#faults.has('same-slug')) return base;
    let slug = base;
    for (let n = 2; this.#all.some((article) => article.slug === slug); n += 1) slug = `${base}-${n}`;
    return slug;
  }

  #view(article: Article, caller: User | undefined): Fields {
    const { author, signed, fans, comments: _comments, createdAt, updatedAt, ...fields } = article;
    const marked = caller !== undefined && fans.has(caller);
    const profile = this.#users.profile(author, caller);
    return {
      ...fields,
      createdAt: this.#time(createdAt),
      updatedAt: this.#time(updatedAt),
      favorited: this.#faults.has('favorites-of-anyone') ? fans.size > 0 : marked,
      favoritesCount: fans.size,
      author: this.#faults.has('old-names') ? { ...profile, username: signed } : profile,
    };
  }

  #showComment({ id, body, author, at }: Comment, caller: User | undefined): Fields {
    const time = this.#time(at);
    return { id, body, createdAt: time, updatedAt: time, author: this.#users.profile(author, caller) };
  }

  #time(date: Date): Json {
    return this.#faults.has('numeric-time') ? date.getTime() : date.toISOString();
  }
}

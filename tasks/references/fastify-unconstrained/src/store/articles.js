const slugify = (title) =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'article';

/** Articles with their comments, the newest last. */
export class Articles {
  #bySlug = new Map();
  #lastId = 0;

  add(author, { title, description, body, tagList = [] }) {
    const now = new Date();
    const article = {
      id: this.#nextId(),
      slug: this.#freeSlug(title),
      title,
      description,
      body,
      tagList: [...new Set(tagList)],
      createdAt: now,
      updatedAt: now,
      author,
      fans: new Set(),
      comments: new Map(),
    };
    this.#bySlug.set(article.slug, article);
    return article;
  }

  bySlug(slug) {
    return this.#bySlug.get(slug);
  }

  update(
    article,
    { title = article.title, description = article.description, body = article.body, tagList },
  ) {
    // Only what is still there gets a slug: it may have been deleted while the request was read.
    if (title !== article.title && this.#bySlug.delete(article.slug)) {
      article.slug = this.#freeSlug(title);
      this.#bySlug.set(article.slug, article);
    }
    Object.assign(article, { title, description, body, updatedAt: new Date() });
    if (tagList !== undefined) article.tagList = [...new Set(tagList)];
  }

  remove(article) {
    this.#bySlug.delete(article.slug);
  }

  /** One page of those that `accepts` takes, newest first, and how many there are in all. */
  page(accepts, { limit, offset }) {
    const found = [...this.#bySlug.values()].filter(accepts).sort((a, b) => b.id - a.id);
    return { articles: found.slice(offset, offset + limit), articlesCount: found.length };
  }

  addComment(article, author, body) {
    const now = new Date();
    const comment = { id: this.#nextId(), body, author, createdAt: now, updatedAt: now };
    article.comments.set(comment.id, comment);
    return comment;
  }

  tags() {
    return [...new Set([...this.#bySlug.values()].flatMap(({ tagList }) => tagList))];
  }

  #nextId() {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** `/articles/feed` is the feed: no article may have this slug. */
  #freeSlug(title) {
    const base = slugify(title);
    let slug = base;
    for (let n = 2; slug === 'feed' || this.#bySlug.has(slug); n += 1) slug = `${base}-${n}`;
    return slug;
  }
}

const slugify = (title) =>
  title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'article';

/** Everything, in memory. Sets hold the ids of users. */
export class Store {
  #users = new Map();
  #articles = new Map();
  #lastId = 0;

  addUser({ username, email, passwordHash }) {
    const user = { id: this.#nextId(), username, email, passwordHash, bio: null, image: null, followers: new Set() };
    this.#users.set(user.id, user);
    return user;
  }

  userById(id) {
    return this.#users.get(id);
  }

  /** The first user with this value: `findUser('email', 'a@b.c')`. */
  findUser(field, value) {
    return [...this.#users.values()].find((user) => user[field] === value);
  }

  addArticle(author, { title, description, body, tagList = [] }) {
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
      favoritedBy: new Set(),
      comments: [],
    };
    this.#articles.set(article.slug, article);
    return article;
  }

  findArticle(slug) {
    return this.#articles.get(slug);
  }

  updateArticle(article, changes) {
    const { title } = changes;
    this.#articles.delete(article.slug);
    if (title !== undefined && title !== article.title) article.slug = this.#freeSlug(title);
    Object.assign(article, changes, { updatedAt: new Date() });
    this.#articles.set(article.slug, article);
  }

  deleteArticle(article) {
    this.#articles.delete(article.slug);
  }

  /** Articles that meet the condition, newest first. */
  articles(condition) {
    return [...this.#articles.values()].filter(condition).sort((a, b) => b.id - a.id);
  }

  addComment(article, author, body) {
    const now = new Date();
    const comment = { id: this.#nextId(), body, author, createdAt: now, updatedAt: now };
    article.comments.push(comment);
    return comment;
  }

  tags() {
    return [...new Set([...this.#articles.values()].flatMap((article) => article.tagList))];
  }

  #nextId() {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** `/articles/feed` is the feed, so that no article may have this slug. */
  #freeSlug(title) {
    const base = slugify(title);
    let slug = base;
    for (let n = 2; slug === 'feed' || this.#articles.has(slug); n += 1) slug = `${base}-${n}`;
    return slug;
  }
}

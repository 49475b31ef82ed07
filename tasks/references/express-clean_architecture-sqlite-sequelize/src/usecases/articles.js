'use strict';

const { NotAllowed, NotFound } = require('./refusals');
const { pickSlug, slugBase } = require('./slugs');

const withoutBody = ({ body, ...item }) => item;

class ArticleUseCases {
  #articles;
  #profiles;

  constructor(articles, profiles) {
    this.#articles = articles;
    this.#profiles = profiles;
  }

  async find(slug) {
    const article = await this.#articles.bySlug(slug);
    if (article === undefined) throw new NotFound('article', 'not found');
    return article;
  }

  async findOwn(slug, user) {
    const article = await this.find(slug);
    if (article.author.id !== user.id) throw new NotAllowed('article', 'belongs to somebody else');
    return article;
  }

  async show(article, viewer) {
    const [shown] = await this.#showAll([article], viewer);
    return shown;
  }

  async list(filters, page, viewer) {
    const { rows, count } = await this.#articles.page(filters, page);
    const shown = await this.#showAll(rows, viewer);
    return { articles: shown.map(withoutBody), articlesCount: count };
  }

  feed(page, viewer) {
    return this.list({ followerId: viewer.id }, page, viewer);
  }

  async publish(fields, author) {
    const base = slugBase(fields.title);
    const id = await this.#articles.add({ ...fields, authorId: author.id }, base, (taken) =>
      pickSlug(base, taken),
    );
    return this.#showNow(id, author);
  }

  async change(article, changes, user) {
    const isRenamed = changes.title !== undefined && changes.title !== article.title;
    const base = isRenamed ? slugBase(changes.title) : undefined;
    await this.#articles.change(article.id, changes, base, (taken) => pickSlug(base, taken));
    return this.#showNow(article.id, user);
  }

  async remove(article) {
    await this.#articles.remove(article.id);
  }

  async favorite(article, user) {
    await this.#articles.favorite(article.id, user.id);
    return this.#showNow(article.id, user);
  }

  async unfavorite(article, user) {
    await this.#articles.unfavorite(article.id, user.id);
    return this.#showNow(article.id, user);
  }

  tags() {
    return this.#articles.tags();
  }

  /** As it is after a change; somebody may have deleted it meanwhile. */
  async #showNow(id, viewer) {
    const article = await this.#articles.byId(id);
    if (article === undefined) throw new NotFound('article', 'not found');
    return this.show(article, viewer);
  }

  /** What the API shows of articles: three questions for all of them together. */
  async #showAll(articles, viewer) {
    const ids = articles.map(({ id }) => id);
    const [profiles, counts, marked] = await Promise.all([
      this.#profiles.showAll(
        articles.map(({ author }) => author),
        viewer,
      ),
      this.#articles.favoritesCounts(ids),
      viewer === undefined ? new Set() : this.#articles.favorites(viewer.id, ids),
    ]);
    return articles.map(({ id, slug, title, description, body, tagList, createdAt, updatedAt, author }) => ({
      slug,
      title,
      description,
      body,
      tagList,
      createdAt,
      updatedAt,
      favorited: marked.has(id),
      favoritesCount: counts.get(id) ?? 0,
      author: profiles.get(author.id),
    }));
  }
}

module.exports = { ArticleUseCases };

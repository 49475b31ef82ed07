'use strict';

const { slugsFor } = require('../entities/slug');
const { NotAllowed, NotFound } = require('./refusals');

/** Articles as a viewer sees them; the viewer is undefined for a stranger. */
class ArticleUseCases {
  #articles;

  constructor(articles) {
    this.#articles = articles;
  }

  find(slug, viewer) {
    const article = this.#articles.bySlug(slug, viewer);
    if (article === undefined) throw new NotFound('article', 'not found');
    return article;
  }

  findOwn(slug, user) {
    const article = this.find(slug, user);
    if (!article.isBy(user)) throw new NotAllowed('article', 'belongs to somebody else');
    return article;
  }

  list(filters, page, viewer) {
    return this.#articles.page(filters, page, viewer);
  }

  feed(page, viewer) {
    return this.#articles.page({ followerId: viewer.id }, page, viewer);
  }

  publish(fields, author) {
    const id = this.#articles.add(fields, author.id, slugsFor(fields.title));
    return this.#articles.byId(id, author);
  }

  change(article, changes, user) {
    const isRenamed = changes.title !== undefined && changes.title !== article.title;
    this.#articles.change(article, changes, isRenamed ? slugsFor(changes.title) : undefined);
    return this.#articles.byId(article.id, user);
  }

  remove(article) {
    this.#articles.remove(article.id);
  }

  favorite(article, user) {
    this.#articles.favorite(user.id, article.id);
    return this.#articles.byId(article.id, user);
  }

  unfavorite(article, user) {
    this.#articles.unfavorite(user.id, article.id);
    return this.#articles.byId(article.id, user);
  }

  tags() {
    return this.#articles.tags();
  }
}

module.exports = { ArticleUseCases };

'use strict';

class CommentGateway {
  #models;

  constructor(models) {
    this.#models = models;
  }

  async list(articleId) {
    const { Comment } = this.#models;
    const rows = await Comment.findAll({ where: { articleId }, include: [this.#author()], order: ['id'] });
    return rows.map((row) => row.get({ plain: true }));
  }

  async find(articleId, id) {
    const { Comment } = this.#models;
    const row = await Comment.findOne({ where: { articleId, id }, include: [this.#author()] });
    return row?.get({ plain: true });
  }

  async add(articleId, authorId, body) {
    const { Comment, write } = this.#models;
    const comment = await write(() => Comment.create({ articleId, authorId, body }));
    return comment.get({ plain: true });
  }

  remove(id) {
    const { Comment, write } = this.#models;
    return write(() => Comment.destroy({ where: { id } }));
  }

  #author() {
    return { model: this.#models.User.scope('public'), as: 'author' };
  }
}

module.exports = { CommentGateway };

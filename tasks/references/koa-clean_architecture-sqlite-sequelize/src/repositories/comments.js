export class Comments {
  #models;

  constructor(models) {
    this.#models = models;
  }

  list(articleId) {
    const order = [['id', 'ASC']];
    return this.#models.Comment.findAll({ where: { articleId }, include: this.#author(), order });
  }

  find(articleId, id) {
    return this.#models.Comment.findOne({ where: { articleId, id }, include: this.#author() });
  }

  create(values) {
    return this.#models.Comment.create(values);
  }

  remove(comment) {
    return comment.destroy();
  }

  #author() {
    return [{ model: this.#models.User.scope('profile'), as: 'author' }];
  }
}

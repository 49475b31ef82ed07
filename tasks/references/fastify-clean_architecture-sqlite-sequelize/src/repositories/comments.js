const plain = (comment) => comment?.get({ plain: true });

export function createCommentRepository({ Comment, User }, writes) {
  const include = [{ model: User, as: 'author', attributes: ['id', 'username', 'bio', 'image'] }];

  return {
    async list(articleId) {
      const rows = await Comment.findAll({ where: { articleId }, include, order: [['id', 'ASC']] });
      return rows.map(plain);
    },

    find: async (articleId, id) => plain(await Comment.findOne({ where: { articleId, id }, include })),

    async add(fields) {
      const { id } = await writes.single(() => Comment.create(fields));
      return plain(await Comment.findByPk(id, { include }));
    },

    remove: (id) => writes.single(() => Comment.destroy({ where: { id } })),
  };
}

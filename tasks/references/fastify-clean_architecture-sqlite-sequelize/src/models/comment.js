import { DataTypes, Model } from 'sequelize';

export class Comment extends Model {
  static define(sequelize) {
    Comment.init({ body: { type: DataTypes.TEXT, allowNull: false } }, { sequelize, modelName: 'comment' });
  }

  static associate({ User }) {
    Comment.belongsTo(User, { as: 'author', foreignKey: { name: 'authorId', allowNull: false } });
  }
}

import {
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';

/** A tag of an article; `position` counts from 0 in the author's order. */
export class ArticleTag extends Model<InferAttributes<ArticleTag>, InferCreationAttributes<ArticleTag>> {
  declare articleId: number;
  declare position: number;
  declare name: string;
}

export function initArticleTag(sequelize: Sequelize): void {
  ArticleTag.init(
    {
      articleId: { type: DataTypes.INTEGER, primaryKey: true },
      position: { type: DataTypes.INTEGER, primaryKey: true },
      name: { type: DataTypes.TEXT, allowNull: false },
    },
    {
      sequelize,
      tableName: 'article_tags',
      underscored: true,
      timestamps: false,
      indexes: [{ fields: ['name'] }],
    },
  );
}

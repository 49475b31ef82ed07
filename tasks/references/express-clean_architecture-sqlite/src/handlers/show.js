'use strict';

/** What answers show of the entities: nothing but what is named here. */
const showProfile = ({ username, bio, image, following }) => ({ username, bio, image, following });

const showUser = ({ username, email, bio, image }, token) => ({ username, email, bio, image, token });

/** An article of a list, which is shown without its body. */
const showItem = (article) => ({
  slug: article.slug,
  title: article.title,
  description: article.description,
  tagList: article.tagList,
  createdAt: article.createdAt,
  updatedAt: article.updatedAt,
  favorited: article.favorited,
  favoritesCount: article.favoritesCount,
  author: showProfile(article.author),
});

const showArticle = (article) => ({ ...showItem(article), body: article.body });

const showComment = ({ id, body, createdAt, updatedAt, author }) => ({
  id,
  body,
  createdAt,
  updatedAt,
  author: showProfile(author),
});

module.exports = { showArticle, showComment, showItem, showProfile, showUser };

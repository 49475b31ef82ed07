import { createToken } from './auth.js';

export function showUser(user) {
  const { username, email, bio, image } = user;
  return { user: { username, email, bio, image, token: createToken(user) } };
}

export function showProfile(user, viewer) {
  const { username, bio, image, followers } = user;
  return { username, bio, image, following: viewer !== undefined && followers.has(viewer.id) };
}

/** An article as it stands in a list: without its body. */
export function showListItem(article, viewer) {
  const { slug, title, description, tagList, createdAt, updatedAt, favoritedBy, author } = article;
  return {
    slug,
    title,
    description,
    tagList,
    createdAt,
    updatedAt,
    favorited: viewer !== undefined && favoritedBy.has(viewer.id),
    favoritesCount: favoritedBy.size,
    author: showProfile(author, viewer),
  };
}

export function showArticle(article, viewer) {
  return { article: { ...showListItem(article, viewer), body: article.body } };
}

export function showComment({ id, body, createdAt, updatedAt, author }, viewer) {
  return { id, body, createdAt, updatedAt, author: showProfile(author, viewer) };
}

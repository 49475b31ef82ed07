import { createToken } from './tokens.js';

export async function userView(user) {
  const { username, email, bio, image } = user;
  return { username, email, bio, image, token: await createToken(user) };
}

/** What of the store the API shows to a viewer, who is undefined when a stranger asks. */
export function createViews({ users, follows, favorites }) {
  function profile({ id, username, bio, image }, viewer) {
    return { username, bio, image, following: follows.has(viewer?.id, id) };
  }

  /** An article as it stands in a list: without its body. */
  function listedArticle({ id, slug, title, description, tagList, createdAt, updatedAt, authorId }, viewer) {
    return {
      slug,
      title,
      description,
      tagList,
      createdAt,
      updatedAt,
      favorited: favorites.has(id, viewer?.id),
      favoritesCount: favorites.count(id),
      author: profile(users.byId(authorId), viewer),
    };
  }

  return {
    profile,
    listedArticle,
    article: (article, viewer) => ({ ...listedArticle(article, viewer), body: article.body }),
    comment: ({ id, body, createdAt, updatedAt, authorId }, viewer) => ({
      id,
      body,
      createdAt,
      updatedAt,
      author: profile(users.byId(authorId), viewer),
    }),
  };
}

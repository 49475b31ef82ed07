/** What answers are made of, as `viewer` (null for a stranger) sees it. Their schemas choose what is shown. */
export const profileView = (user, viewer) => ({ ...user, following: viewer?.follows.has(user.id) ?? false });

export const articleView = ({ author, fans, ...article }, viewer) => ({
  ...article,
  favorited: viewer !== null && fans.has(viewer.id),
  favoritesCount: fans.size,
  author: profileView(author, viewer),
});

export const commentView = ({ author, ...comment }, viewer) => ({
  ...comment,
  author: profileView(author, viewer),
});

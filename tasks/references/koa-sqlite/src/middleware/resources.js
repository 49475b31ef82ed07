import { problem } from './errors.js';

/** Sets `ctx.state.profile` to the user whom the path names. */
export async function loadProfile(ctx, next) {
  ctx.state.profile = await ctx.users.byUsername(ctx.params.username);
  if (!ctx.state.profile) throw problem(404, 'profile', 'not found');
  await next();
}

/** Sets `ctx.state.article` to the one that the path names. */
export async function loadArticle(ctx, next) {
  ctx.state.article = await ctx.articles.bySlug(ctx.params.slug, ctx.state.user);
  if (!ctx.state.article) throw problem(404, 'article', 'not found');
  await next();
}

export async function requireAuthor(ctx, next) {
  const { article, user } = ctx.state;
  if (article.authorId !== user.id) throw problem(403, 'article', 'belongs to somebody else');
  await next();
}

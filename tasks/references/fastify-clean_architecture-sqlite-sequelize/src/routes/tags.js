export async function tagRoutes(app, { articles }) {
  app.get('/', async () => ({ tags: await articles.tags() }));
}

import { showsTags } from '../schemas.js';

export async function tagRoutes(app) {
  app.get('/', { schema: { response: { 200: showsTags } } }, async () => ({ tags: app.articles.tags() }));
}

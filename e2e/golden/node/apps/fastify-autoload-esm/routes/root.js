export default async function (app) {
  app.get('/', async () => ({ root: true }));
}

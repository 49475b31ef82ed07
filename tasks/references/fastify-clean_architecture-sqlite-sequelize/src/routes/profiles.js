export async function profileRoutes(app, { profiles }) {
  app.get('/:username', async ({ params, viewer }) => ({
    profile: await profiles.view(params.username, viewer),
  }));

  app.post('/:username/follow', { onRequest: app.requireUser }, async ({ params, viewer }) => ({
    profile: await profiles.follow(params.username, viewer),
  }));

  app.delete('/:username/follow', { onRequest: app.requireUser }, async ({ params, viewer }) => ({
    profile: await profiles.unfollow(params.username, viewer),
  }));
}

'use strict';

module.exports = async (app) => {
  const show = ({ profile, user }) => ({ profile: app.users.profile(profile, user) });

  app.get('/', { onRequest: app.findProfile }, async (request) => show(request));

  app.post('/follow', { onRequest: [app.requireUser, app.findProfile] }, async (request) => {
    app.users.follow(request.user, request.profile);
    return show(request);
  });

  app.delete('/follow', { onRequest: [app.requireUser, app.findProfile] }, async (request) => {
    app.users.unfollow(request.user, request.profile);
    return show(request);
  });
};

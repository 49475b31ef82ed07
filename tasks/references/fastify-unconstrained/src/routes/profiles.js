import { notFound } from '../plugins/errors.js';
import { showsProfile } from '../schemas.js';
import { profileView } from '../views.js';

/** Below `/profiles/:username`. */
export async function profileRoutes(app) {
  app.decorateRequest('owner', null);

  const findOwner = async (request) => {
    request.owner = app.users.byUsername(request.params.username);
    if (!request.owner) throw notFound('profile');
  };
  const schema = { response: { 200: showsProfile } };
  const answer = ({ owner, user }) => ({ profile: profileView(owner, user) });

  app.get('/', { onRequest: findOwner, schema }, async (request) => answer(request));

  app.post('/follow', { onRequest: [app.authenticate, findOwner], schema }, async (request) => {
    request.user.follows.add(request.owner.id);
    return answer(request);
  });

  app.delete('/follow', { onRequest: [app.authenticate, findOwner], schema }, async (request) => {
    request.user.follows.delete(request.owner.id);
    return answer(request);
  });
}

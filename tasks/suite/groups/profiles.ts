import { endpointPointer, schemaPointer } from '../../contract/index.ts';
import { equals, errorBody, fits, prepareUser, step } from '../checks.ts';
import { Kept } from '../reply.ts';
import type { Group } from '../types.ts';

const get = 'GET /profiles/{username}';
const follow = 'POST /profiles/{username}/follow';
const unfollow = 'DELETE /profiles/{username}/follow';

export const profiles: Group = {
  id: 'profiles',
  title: 'Profiles and following',
  steps({ person }) {
    const anna = person('anna');
    const ben = person('ben');
    const token = new Kept<string>('the token of POST /users');
    const other = new Kept<string>('the other user of POST /users');
    const path = `/profiles/${ben.username}`;
    const asStranger = () => {
      other.get();
      return { path };
    };
    const asAnna =
      (suffix = '') =>
      () => {
        other.get();
        return { path: path + suffix, token: token.get() };
      };
    const following = (sentence: string, wanted: boolean) =>
      equals('following', sentence, schemaPointer('Profile'), '/profile/following', wanted);
    const unknown = `/profiles/${person('nobody').username}`;
    return [
      prepareUser('register', anna, token),
      prepareUser('register-other', ben, other),
      step('stranger', get, 200, asStranger, [
        fits('ProfileResponse'),
        equals(
          'username',
          'The profile is of the user named.',
          endpointPointer(get),
          '/profile/username',
          ben.username,
        ),
        following('Without a token, nobody is followed.', false),
      ]),
      step('unknown', get, 404, () => ({ path: unknown }), [errorBody]),
      step('follow', follow, 200, asAnna('/follow'), [
        fits('ProfileResponse'),
        following('The profile is followed now.', true),
      ]),
      step('followed', get, 200, asAnna(), [following('The profile is still followed later.', true)]),
      step('followed-stranger', get, 200, asStranger, [
        following('Without a token it is not followed.', false),
      ]),
      step('follow-twice', follow, 200, asAnna('/follow'), [
        following('Following twice is the same as once.', true),
      ]),
      step('unfollow', unfollow, 200, asAnna('/follow'), [
        fits('ProfileResponse'),
        following('The profile is no longer followed.', false),
      ]),
      step('unfollowed', get, 200, asAnna(), [following('The profile is still not followed later.', false)]),
      step('no-token', follow, 401, () => ({ path: `${path}/follow` }), [errorBody]),
      step('follow-unknown', follow, 404, () => ({ path: `${unknown}/follow`, token: token.get() }), [
        errorBody,
      ]),
    ];
  },
};

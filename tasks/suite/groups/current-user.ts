import type { Json } from '../../json.ts';
import { because, errorBody, errorNames, fits, media, noSecrets, says } from '../checks.ts';
import { to } from '../endpoints.ts';
import { account } from '../fixtures.ts';
import type { Keep } from '../kept.ts';
import { refusals, refusesNoWrapper } from '../refusals.ts';
import { after, ask, prepare, step, succeeded } from '../steps.ts';
import type { Group } from '../types.ts';

export const currentUser: Group = {
  id: 'users.current',
  title: 'Current user',
  steps(context) {
    const anna = account(context, 'anna');
    return [
      anna.register,
      step('own', to.readUser, 200, ask('/user', anna), [
        fits('UserResponse'),
        media,
        says('username', 'The user is the one of the token.', 'user-caller', '/user/username', anna.username),
        says(
          'email',
          'The address is the one of the token’s user.',
          'user-caller',
          '/user/email',
          anna.email,
        ),
        says('bio', 'The biography is null until it is set.', 'user-new', '/user/bio', null),
        says('image', 'The image is null until it is set.', 'user-new', '/user/image', null),
        noSecrets(anna.password),
      ]),
      step('no-token', to.readUser, 401, ask('/user'), [errorBody, media]),
      step('bad-token', to.readUser, 401, () => ({ path: '/user', token: 'not.a.token' }), [errorBody]),
    ];
  },
};

const imageUrl = 'https://example.org/anna.png';

export const updateUser: Group = {
  id: 'users.update',
  title: 'Changing the current user',
  steps(context) {
    const anna = account(context, 'anna');
    const ben = account(context, 'ben');
    const moved = context.person('moved');
    const readdressed = succeeded();
    const changed = succeeded();
    const send = (user: Json) => ask('/user', anna, { user });
    /** The answer to a change has a token that is certainly valid; an older one may have ended. */
    const newest = anna.token.from((reply) => reply.text('/user/token'));
    const logIn = (email: string, password: string) =>
      after([readdressed.done, changed.done], ask('/users/login', undefined, { user: { email, password } }));
    const change = (id: string, user: Json, checks: Parameters<typeof step>[4], ...keeps: Keep[]) =>
      step(id, to.changeUser, 200, send(user), checks, newest, ...keeps);
    return [
      anna.register,
      ben.register,
      change('bio', { bio: 'I write.', image: imageUrl }, [
        fits('UserResponse'),
        media,
        says('bio', 'The biography is the new one.', 'user-change', '/user/bio', 'I write.'),
        says('image', 'The image is the new one.', 'user-change', '/user/image', imageUrl),
        says('username', 'A name that is left out is kept.', 'user-change', '/user/username', anna.username),
        says('email', 'An address that is left out is kept.', 'user-change', '/user/email', anna.email),
        noSecrets(anna.password),
      ]),
      step('read-back', to.readUser, 200, ask('/user', anna), [
        says('bio', 'The biography is still there later.', 'user-caller', '/user/bio', 'I write.'),
        says('image', 'The image is still there later.', 'user-caller', '/user/image', imageUrl),
      ]),
      change('null-bio', { bio: null }, [
        says('bio', 'The biography can be set to null.', 'user-nullable', '/user/bio', null),
        says('image', 'An image that is left out is kept.', 'user-change', '/user/image', imageUrl),
      ]),
      change('null-image', { image: null, bio: 'Again.' }, [
        says('image', 'The image can be set to null.', 'user-nullable', '/user/image', null),
        says('bio', 'A biography that was null can be set again.', 'user-change', '/user/bio', 'Again.'),
      ]),
      change('same-name', { username: anna.username, email: anna.email }, [
        says(
          'username',
          'One’s own name and address are not taken.',
          'user-change',
          '/user/username',
          anna.username,
        ),
      ]),
      change(
        'email',
        { email: moved.email },
        [says('email', 'The address is the new one.', 'user-change', '/user/email', moved.email)],
        readdressed.keep,
      ),
      prepare('password', to.changeUser, 200, send({ password: moved.password }), newest, changed.keep),
      step('newest-token', to.readUser, 200, after([changed.done], ask('/user', anna)), [
        says('email', 'The token of a change is valid after it.', 'user-caller', '/user/email', moved.email),
      ]),
      because(
        'login-change',
        'With the new password one can log in.',
        step('new-password', to.logIn, 200, logIn(moved.email, moved.password)),
      ),
      because(
        'login-change',
        'With the old password one cannot log in any more.',
        step('old-password', to.logIn, 401, logIn(moved.email, anna.password)),
      ),
      because(
        'login-change',
        'With the old address one cannot log in any more.',
        step('old-email', to.logIn, 401, logIn(anna.email, moved.password)),
      ),
      step(
        'taken-username',
        to.changeUser,
        422,
        after([ben.token], send({ username: ben.username, bio: 'Refused.' })),
        [errorBody, errorNames('username', 'username-unique')],
      ),
      step('taken-email', to.changeUser, 422, after([ben.token], send({ email: ben.email })), [
        errorNames('email', 'email-unique'),
        media,
      ]),
      ...refusals(
        to.changeUser,
        [
          ['blank', 'username'],
          ['blank', 'email'],
          ['blank', 'password'],
          ['null', 'username'],
          ['number', 'email'],
          ['white', 'password'],
        ],
        send,
        () => ({ bio: 'Refused.' }),
      ),
      refusesNoWrapper(to.changeUser, ask('/user', anna, {})),
      refusesNoWrapper(to.changeUser, send(null), 'null-wrapper'),
      step('after-refusals', to.readUser, 200, ask('/user', anna), [
        says(
          'username',
          'Changes that were refused leave the name alone.',
          'refused-no-effect',
          '/user/username',
          anna.username,
        ),
        says(
          'bio',
          'What was right in a refused change is not changed either.',
          'refused-no-effect',
          '/user/bio',
          'Again.',
        ),
      ]),
      step('no-token', to.changeUser, 401, ask('/user', undefined, { user: { bio: 'x' } }), [errorBody]),
      because(
        'check-order',
        'A missing token is noticed before a wrong body.',
        step('no-token-blank', to.changeUser, 401, ask('/user', undefined, { user: { email: '' } })),
      ),
    ];
  },
};

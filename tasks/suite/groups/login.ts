import type { Json } from '../../json.ts';
import { because, errorBody, fits, media, noSecrets, says } from '../checks.ts';
import { to } from '../endpoints.ts';
import { account } from '../fixtures.ts';
import { Kept } from '../kept.ts';
import { refusals, refusesNoWrapper } from '../refusals.ts';
import { after, ask, step } from '../steps.ts';
import type { Group } from '../types.ts';

export const login: Group = {
  id: 'users.login',
  title: 'Login',
  steps(context) {
    const anna = account(context, 'anna');
    const { username, email, password } = anna;
    const token = new Kept<string>('the token');
    const send = (user: Json) => after([anna.token], ask('/users/login', undefined, { user }));
    return [
      anna.register,
      step(
        'right',
        to.logIn,
        200,
        send({ email, password }),
        [
          fits('UserResponse'),
          media,
          says(
            'username',
            'The user is the one with this address.',
            'login-user',
            '/user/username',
            username,
          ),
          says('email', 'The address is the one given.', 'login-user', '/user/email', email),
          noSecrets(password),
        ],
        token.from((reply) => reply.text('/user/token')),
      ),
      step('token', to.readUser, 200, ask('/user', { token }), [
        says(
          'username',
          'The token of a login belongs to the user who logged in.',
          'user-caller',
          '/user/username',
          username,
        ),
      ]),
      because(
        'login-refused',
        'A wrong password is refused with 401.',
        step('wrong-password', to.logIn, 401, send({ email, password: `${password}1` }), [errorBody, media]),
      ),
      because(
        'login-refused',
        'An address that nobody has is refused with 401.',
        step('unknown-email', to.logIn, 401, send({ email: context.person('nobody').email, password }), [
          errorBody,
        ]),
      ),
      because(
        'login-refused',
        'A part of an address is not the address.',
        step('part-of-email', to.logIn, 401, send({ email: email.slice(1), password })),
      ),
      because(
        'exact-match',
        'An address in capitals is not the address.',
        step('email-case', to.logIn, 401, send({ email: email.toUpperCase(), password })),
      ),
      ...refusals(
        to.logIn,
        [
          ['missing', 'email'],
          ['missing', 'password'],
          ['blank', 'email'],
          ['blank', 'password'],
          ['number', 'email'],
          ['null', 'password'],
        ],
        send,
        () => ({ email, password }),
      ),
      refusesNoWrapper(to.logIn, ask('/users/login', undefined, {})),
    ];
  },
};

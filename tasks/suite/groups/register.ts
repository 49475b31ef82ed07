import { rulePointer } from '../../contract/index.ts';
import type { Json } from '../../json.ts';
import { because, equals, errorBody, errorNames, fits, media, noSecrets, says } from '../checks.ts';
import { to } from '../endpoints.ts';
import { account } from '../fixtures.ts';
import { Kept } from '../kept.ts';
import { refusals, refusesNoWrapper } from '../refusals.ts';
import { after, ask, step, succeeded } from '../steps.ts';
import type { Group } from '../types.ts';

export const register: Group = {
  id: 'users.register',
  title: 'Registration',
  steps(context) {
    const { person } = context;
    const anna = person('anna');
    const ben = account(context, 'ben');
    const token = new Kept<string>('the token');
    const refused = succeeded();
    const send = (user: Json) => ask('/users', undefined, { user });
    return [
      step(
        'new',
        to.register,
        201,
        send({ ...anna }),
        [
          fits('UserResponse'),
          media,
          says('username', 'The user has the name asked for.', 'user-given', '/user/username', anna.username),
          says('email', 'The user has the address given.', 'user-given', '/user/email', anna.email),
          equals('bio', 'A new user has no biography: null.', rulePointer('user-new'), '/user/bio', null),
          equals('image', 'A new user has no image: null.', rulePointer('user-new'), '/user/image', null),
          noSecrets(anna.password),
        ],
        token.from((reply) => reply.text('/user/token')),
      ),
      step('token', to.readUser, 200, ask('/user', { token }), [
        says(
          'username',
          'The token of a registration belongs to the new user.',
          'user-caller',
          '/user/username',
          anna.username,
        ),
      ]),
      ben.register,
      step(
        'taken-username',
        to.register,
        422,
        after([ben.token], send({ ...person('carl'), username: ben.username })),
        [errorBody, errorNames('username', 'username-unique')],
      ),
      step(
        'taken-email',
        to.register,
        422,
        after([ben.token], send({ ...person('dora'), email: ben.email })),
        [errorNames('email', 'email-unique'), media],
        refused.keep,
      ),
      because(
        'refused-no-effect',
        'A registration that was refused leaves no user.',
        step(
          'refused',
          to.readProfile,
          404,
          after([refused.done], ask(`/profiles/${person('dora').username}`)),
        ),
      ),
      ...refusals(
        to.register,
        [
          ['missing', 'username'],
          ['missing', 'email'],
          ['missing', 'password'],
          ['blank', 'username'],
          ['blank', 'email'],
          ['blank', 'password'],
          ['white', 'username'],
          ['null', 'email'],
          ['number', 'password'],
        ],
        send,
        (id) => ({ ...person(id.replace('-', '')) }),
      ),
      refusesNoWrapper(to.register, ask('/users', undefined, {})),
    ];
  },
};

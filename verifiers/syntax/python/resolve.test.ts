import { describe, expect, it } from 'vitest';
import { resolvePythonModule } from './resolve.ts';

function resolver(...paths: string[]) {
  const files = new Set(paths);
  return (from: string, specifier: string, imported?: string) => {
    const found = resolvePythonModule(files, from, specifier, imported);
    return found.kind === 'file' ? found.path : `${found.kind} ${found.name}`;
  };
}

describe('resolvePythonModule', () => {
  it('finds modules and packages from the root of the submission', () => {
    const resolve = resolver('app/__init__.py', 'app/models.py', 'app/db/__init__.py', 'config.py');
    expect(resolve('app/models.py', 'app.db')).toBe('app/db/__init__.py');
    expect(resolve('app/models.py', 'app')).toBe('app/__init__.py');
    expect(resolve('app/models.py', 'config', 'Config')).toBe('config.py');
    expect(resolve('app/models.py', 'flask.views')).toBe('package flask');
    expect(resolve('app/models.py', 'app.nothing')).toBe('missing app.nothing');
  });

  it('counts dots from the folder of the file', () => {
    const resolve = resolver(
      'app/__init__.py',
      'app/api/__init__.py',
      'app/api/users.py',
      'app/models/user.py',
    );
    expect(resolve('app/api/users.py', '.')).toBe('app/api/__init__.py');
    expect(resolve('app/api/__init__.py', '.users')).toBe('app/api/users.py');
    expect(resolve('app/api/users.py', '..models.user')).toBe('app/models/user.py');
    expect(resolve('app/api/users.py', '..models', 'user')).toBe('app/models/user.py');
    expect(resolve('app/api/users.py', '.', 'users')).toBe('app/api/users.py');
    expect(resolve('app/api/users.py', '....x')).toBe('missing ....x');
    expect(resolve('app/api/users.py', '.nothing')).toBe('missing .nothing');
  });

  it('takes a name for a module inside the package where there is one', () => {
    const resolve = resolver('services/users.py', 'models/__init__.py', 'models/user.py', 'main.py');
    expect(resolve('main.py', 'services', 'users')).toBe('services/users.py');
    expect(resolve('main.py', 'services')).toBe('missing services');
    expect(resolve('main.py', 'models', 'user')).toBe('models/user.py');
    expect(resolve('main.py', 'models', 'User')).toBe('models/__init__.py');
    expect(resolve('main.py', 'models', '*')).toBe('models/__init__.py');
  });

  it('looks from src, from folders of starters, and from folders around the file', () => {
    expect(resolver('src/app/a.py', 'src/app/b.py')('src/app/a.py', 'app.b')).toBe('src/app/b.py');
    expect(resolver('back/manage.py', 'back/blog/urls.py', 'tools/x.py')('tools/x.py', 'blog.urls')).toBe(
      'back/blog/urls.py',
    );
    expect(resolver('back/start.py', 'back/db.py')('back/start.py', 'db')).toBe('back/db.py');
    const packaged = resolver('back/app/__init__.py', 'back/app/app.py', 'back/app/models.py');
    expect(packaged('back/app/models.py', 'app', 'db')).toBe('back/app/__init__.py');
  });

  it('does not take a neighbour for the package of the same name', () => {
    const resolve = resolver('app/utils/jwt.py', 'app/utils/auth.py', 'app/utils/email.py', 'logging.py');
    expect(resolve('app/utils/auth.py', 'jwt')).toBe('package jwt');
    expect(resolve('app/utils/jwt.py', 'jwt')).toBe('package jwt');
    expect(resolve('app/utils/auth.py', 'email.message')).toBe('package email');
    expect(resolve('app/utils/auth.py', 'logging')).toBe('logging.py');
  });
});

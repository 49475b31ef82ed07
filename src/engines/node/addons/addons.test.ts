import { describe, expect, it } from 'vitest';
import { SharedFs } from '../../fs/shared-fs.ts';
import { fakeServices } from '../testing/fake-services.ts';
import { addonFiles, loadAddon } from './index.ts';

describe('loadAddon', () => {
  it.each([
    ['node_sqlite3.node', 'sqlite3', 'Statement'],
    ['better_sqlite3.node', 'better-sqlite3', 'setErrorConstructor'],
    ['bcrypt_lib.node', 'bcrypt', 'encrypt_sync'],
    ['bcrypt.node', 'bcrypt', 'encrypt_sync'],
    ['bcrypt.glibc.node', 'bcrypt', 'encrypt_sync'],
  ])('finds what stands in for %s and reports it', (file, name, entry) => {
    const services = fakeServices({ fs: SharedFs.create() });
    expect(loadAddon(file, services)).toHaveProperty(entry);
    expect(services.reports).toEqual([
      { type: 'substitution', package: name, kind: 'core', detail: expect.any(String) as string },
    ]);
  });

  it('knows nothing of others', () => {
    const services = fakeServices();
    expect(loadAddon('canvas.node', services)).toBeUndefined();
    expect(services.reports).toEqual([]);
  });

  it('says where packages look for their compiled parts', () => {
    expect(Object.keys(addonFiles)).toEqual(['sqlite3', 'better-sqlite3', 'bcrypt', 'argon2']);
  });
});

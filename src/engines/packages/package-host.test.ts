import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { PackageHost } from './package-host.ts';

const bytes = new TextEncoder().encode('the archive');
const sha256 = createHash('sha256').update(bytes).digest('hex');
const sri = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
const base = 'https://app.example/store/';
const registry = 'https://registry.example/';

function index(hash: string) {
  const stored = { '1.0.0': { file: 'web-1.0.0.tgz', bytes: bytes.length, sha256: hash } };
  return { format: 1, packages: { web: { stored, versions: ['1.0.0'], tags: {} } }, known: {} };
}

/** A host over canned answers; what is not there is a 404. `requests` are the addresses asked, in order. */
function host(answers: Record<string, unknown>) {
  const requests: string[] = [];
  const answer = (input: RequestInfo | URL) => {
    const url = input instanceof Request ? input.url : String(input);
    requests.push(url);
    const body = answers[url];
    if (body === undefined) return Promise.resolve(new Response('', { status: 404 }));
    if (body instanceof Error) return Promise.reject(body);
    return Promise.resolve(
      new Response(body instanceof Uint8Array ? Uint8Array.from(body) : JSON.stringify(body)),
    );
  };
  return { host: new PackageHost(new URL(base), answer), requests };
}

describe('PackageHost', () => {
  it('hands over an archive whose hash is right, and keeps it', async () => {
    const { host: source, requests } = host({
      [`${base}npm/index.json`]: index(sha256),
      [`${base}npm/web-1.0.0.tgz`]: bytes,
    });
    expect(await source.archive('npm', 'web', '1.0.0')).toEqual(bytes);
    await source.archive('npm', 'web', '1.0.0');
    expect(requests).toEqual([`${base}npm/index.json`, `${base}npm/web-1.0.0.tgz`]);
  });

  it('refuses an archive that was changed', async () => {
    const { host: source } = host({
      [`${base}npm/index.json`]: index('0'.repeat(64)),
      [`${base}npm/web-1.0.0.tgz`]: bytes,
    });
    await expect(source.archive('npm', 'web', '1.0.0')).rejects.toMatchObject({ code: 'integrity' });
  });

  it.each(['other', '__proto__', 'constructor'])('does not know %s', async (name) => {
    const { host: source } = host({ [`${base}npm/index.json`]: index(sha256) });
    await expect(source.archive('npm', name, '1.0.0')).rejects.toMatchObject({ code: 'not-stored' });
  });

  it('refuses an index that names files elsewhere', async () => {
    const evil = JSON.parse(
      JSON.stringify(index(sha256)).replace('web-1.0.0.tgz', '../../secret'),
    ) as unknown;
    const { host: source } = host({ [`${base}npm/index.json`]: evil });
    await expect(source.archive('npm', 'web', '1.0.0')).rejects.toThrow();
  });

  it('asks no registry when the deployment names none', async () => {
    const { host: source, requests } = host({ [`${base}registries.json`]: { npm: null, pypi: null } });
    await expect(source.registryMetadata('npm', 'web')).rejects.toMatchObject({ code: 'offline' });
    expect(requests).toEqual([`${base}registries.json`]);
  });

  it('tells what does not exist from what cannot be asked', async () => {
    const addresses = { [`${base}registries.json`]: { npm: registry, pypi: null } };
    await expect(host(addresses).host.registryMetadata('npm', 'web')).rejects.toMatchObject({
      code: 'not-found',
    });
    const down = host({ ...addresses, [`${registry}web`]: new Error('no route') });
    await expect(down.host.registryMetadata('npm', 'web')).rejects.toMatchObject({ code: 'offline' });
  });

  it.each(['../web', 'web?x=1', 'https://evil.example/', ''])(
    'asks the registry for no name such as %s',
    async (name) => {
      const { host: source, requests } = host({ [`${base}registries.json`]: { npm: registry, pypi: null } });
      await expect(source.registryMetadata('npm', name)).rejects.toMatchObject({ code: 'not-found' });
      expect(requests).toHaveLength(1);
    },
  );

  it('fetches only such files as the registry listed, and checks them', async () => {
    const tarball = `${registry}web/-/web-1.0.0.tgz`;
    const listed = (integrity: string) => ({ versions: { '1.0.0': { dist: { tarball, integrity } } } });
    const addresses = { [`${base}registries.json`]: { npm: registry, pypi: null }, [tarball]: bytes };
    const { host: source } = host({ ...addresses, [`${registry}web`]: listed(sri) });
    await expect(source.registryArchive('npm', tarball, sri)).rejects.toMatchObject({ code: 'integrity' });
    await source.registryMetadata('npm', 'web');
    expect(await source.registryArchive('npm', tarball, sri)).toEqual(bytes);
    await expect(source.registryArchive('npm', `${tarball}?leak`, sri)).rejects.toMatchObject({
      code: 'integrity',
    });
    const wrong = `sha512-${Buffer.alloc(64).toString('base64')}`;
    const changed = host({ ...addresses, [`${registry}web`]: listed(wrong) });
    await changed.host.registryMetadata('npm', 'web');
    await expect(changed.host.registryArchive('npm', tarball, wrong)).rejects.toMatchObject({
      code: 'integrity',
    });
  });
});

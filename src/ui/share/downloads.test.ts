import { expect, it } from 'vitest';
import { downloadsOf } from './downloads.ts';

const sizes: Parameters<typeof downloadsOf>[1] = (language, packages) =>
  Promise.resolve({
    engine: language === 'node' ? 1_000 : 2_000,
    collectionRunner: 500,
    index: 10,
    stored: packages.map(([name]) => (name === 'left-pad' ? undefined : 100)),
  });

it('counts once what several runs of a link share, and each engine', async () => {
  const claimed = { packages: { express: '5.1.0', 'left-pad': '1.0.0' } };
  const downloads = await downloadsOf(
    [
      { claimed, language: 'node' },
      { claimed: { packages: { express: '5.1.0', koa: '3.0.0' } }, language: 'node' },
      { claimed: { packages: { express: '4.0.0' } }, language: 'python' },
    ],
    sizes,
  );
  expect(downloads).toEqual({
    engines: [
      { language: 'node', bytes: 1_000 },
      { language: 'python', bytes: 2_000 },
    ],
    packages: { count: 3, bytes: 320 },
    collection: 0,
    elsewhere: ['left-pad 1.0.0'],
    total: 3_320,
  });
});

import { describe, expect, it } from 'vitest';
import { AddressError, baseAddress, placeOf } from './address.ts';
import { presets } from './presets.ts';
import { Budget, costOf, priceFor } from './prices.ts';
import { createRedactor } from './redact.ts';
import { askedWait, defaultPolicy, waitBefore } from './retry.ts';
import { diagnose, noSurroundings, type Surroundings } from './surroundings.ts';
import { ThinkSplitter } from './think.ts';

describe('addresses', () => {
  it.each([
    ['https://api.example.com/v1/', 'https://api.example.com/v1'],
    ['api.example.com/v1', 'https://api.example.com/v1'],
    ['localhost:11434/v1', 'http://localhost:11434/v1'],
    ['192.168.1.5:8000/v1', 'http://192.168.1.5:8000/v1'],
    [' https://api.example.com/v1/chat/completions ', 'https://api.example.com/v1'],
    ['HTTPS://API.example.com', 'https://api.example.com'],
    ['http://0.0.0.0:8000/v1', 'http://localhost:8000/v1'],
    ['http://[::1]:11434/v1', 'http://localhost:11434/v1'],
    ['[::1]:11434/v1/models/', 'http://localhost:11434/v1'],
  ])('%s is asked as %s', (typed, expected) => {
    expect(baseAddress(typed)).toBe(expected);
  });

  it.each([
    '',
    'https://',
    'ftp://example.com',
    'https://me:secret@example.com',
    'https://a.b/v1?key=1',
    'https://a.b/#x',
  ])('refuses %s, without saying what was secret', (typed) => {
    expect(() => baseAddress(typed)).toThrow(AddressError);
    expect(() => baseAddress(typed)).not.toThrow('me:secret');
  });

  it.each([
    ['http://127.0.0.9:1', 'loopback'],
    ['http://[::1]:1', 'loopback'],
    ['http://10.0.0.1', 'private'],
    ['http://172.20.0.1', 'private'],
    ['http://172.32.0.1', 'public'],
    ['http://box.local', 'private'],
    ['http://gpu', 'private'],
    ['http://[fd00::1]', 'private'],
    ['https://10.example.com', 'public'],
    ['https://api.example.com', 'public'],
  ])('%s is %s', (address, place) => {
    expect(placeOf(address)).toBe(place);
  });

  it('of the presets are as they are asked', () => {
    for (const { address, local } of presets.filter((one) => one.address !== '')) {
      expect(baseAddress(address)).toBe(address);
      expect(placeOf(address) !== 'public').toBe(local);
    }
  });
});

describe('waits', () => {
  it('grow, vary and end', () => {
    const wait = (made: number, random = 1) => waitBefore(defaultPolicy, 'server', made, undefined, random);
    expect([1, 2, 3, 4, 5].map((made) => wait(made))).toEqual([1_000, 2_000, 4_000, 8_000, undefined]);
    expect(wait(1, 0)).toBe(500);
    expect(waitBefore(defaultPolicy, 'key', 1, undefined, 0)).toBeUndefined();
    expect(waitBefore({ ...defaultPolicy, attempts: { rate: 99 } }, 'rate', 30, undefined, 1)).toBe(30_000);
  });

  it('are at least as long as asked for', () => {
    for (const random of [0, 0.5, 1])
      expect(waitBefore(defaultPolicy, 'rate', 3, 7_000, random)).toBeGreaterThanOrEqual(7_000);
    expect(waitBefore(defaultPolicy, 'rate', 1, 600_000, 0)).toBeUndefined();
  });

  it('are read from headers and words', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    const headers = (name: string, value: string) => new Headers({ [name]: value });
    expect(askedWait(headers('Retry-After', '2.5'), '', now)).toBe(2_500);
    expect(askedWait(headers('Retry-After', 'Thu, 01 Jan 2026 00:00:30 GMT'), '', now)).toBe(30_000);
    expect(askedWait(headers('Retry-After', 'Thu, 01 Jan 2025 00:00:30 GMT'), '', now)).toBe(0);
    expect(askedWait(headers('retry-after-ms', '150'), '', now)).toBe(150);
    expect(askedWait(undefined, 'Please try again in 1.2s.', now)).toBe(1_200);
    expect(askedWait(undefined, 'try again in 20ms', now)).toBe(20);
    expect(askedWait(undefined, 'Retry after 2 minutes', now)).toBe(120_000);
    expect(askedWait(undefined, 'Please try again in 7m12.5s. Visit', now)).toBe(432_500);
    expect(askedWait(undefined, 'Please retry in 38.5s.', now)).toBe(38_500);
    expect(askedWait(undefined, 'retry after 3 messages', now)).toBeUndefined();
    const limit = (remaining: string, reset: string) =>
      askedWait(
        new Headers({ 'x-ratelimit-remaining-tokens': remaining, 'x-ratelimit-reset-tokens': reset }),
        '',
        now,
      );
    expect(limit('0', '1m6s')).toBe(66_000);
    expect(limit('5', '1m6s')).toBeUndefined();
    const epoch = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now + 5_000) };
    expect(askedWait(new Headers(epoch), '', now)).toBe(5_000);
    expect(askedWait(undefined, '{"retryDelay":"31s"}', now)).toBe(31_000);
    expect(askedWait(undefined, 'You have 20 retries', now)).toBeUndefined();
  });
});

describe('redaction', () => {
  const key = 'planted/key+with"quotes=0123';

  it('finds a key however it is spelt', () => {
    const { text } = createRedactor([key]);
    const spelt = [key, encodeURIComponent(key), JSON.stringify(key), btoa(key), `Bearer ${key}`];
    for (const one of spelt) {
      const clean = text(`before ${one} after`);
      expect(clean).toContain('[key removed]');
      expect(clean).not.toContain('0123');
    }
    expect(text('Incorrect API key provided: sk-proj-abcdefghijklmnop1234')).not.toContain('abcdefgh');
  });

  it('finds what a provider leaves of a key that it quotes', () => {
    const secret = 'sk-live-abcdefghijklmnopqrstuvwxyz012345';
    const { quoted: text } = createRedactor([secret]);
    for (const part of [
      `${secret.slice(0, 14)}...`,
      `…${secret.slice(-12)}`,
      `${secret.slice(0, 6)}${'*'.repeat(20)}${secret.slice(-4)}`,
      `****${secret.slice(-4)}`,
    ]) {
      const clean = text(`Incorrect key: ${part}, sorry`);
      expect(clean).toContain('[key removed]');
      expect(clean).not.toMatch(/sk-live|2345/);
      expect(clean).toContain('sorry');
    }
    expect(text('**bold** and /* ** */ stay')).toBe('**bold** and /* ** */ stay');
  });

  it('finds it in a stream, wherever that is cut, and holds nothing else back', () => {
    const text = `one ${key} two plant planted/key three`;
    for (let size = 1; size < text.length; size++) {
      const stream = createRedactor([key]).stream();
      let out = '';
      for (let at = 0; at < text.length; at += size) out += stream.push(text.slice(at, at + size));
      expect(out + stream.flush()).toBe('one [key removed] two plant planted/key three');
    }
  });

  it('leaves words alone that some enter as keys', () => {
    expect(createRedactor(['ollama', '', undefined]).text('ollama run')).toBe('ollama run');
  });
});

describe('thinking in tags', () => {
  const parted = (text: string, size: number) => {
    const splitter = new ThinkSplitter();
    const out = { text: '', reasoning: '' };
    const add = (part: { text: string; reasoning: string }): void => {
      out.text += part.text;
      out.reasoning += part.reasoning;
    };
    for (let at = 0; at < text.length; at += size) add(splitter.push(text.slice(at, at + size)));
    add(splitter.flush());
    return out;
  };

  it.each([
    ['<think>a</b></think>\n\ntext', 'a</b>', 'text'],
    ['plain <think>no</think>', '', 'plain <think>no</think>'],
    ['<thin', '', '<thin'],
    ['<think>never closed </thin', 'never closed </thin', ''],
    ['<thinker>x', '', '<thinker>x'],
    ['', '', ''],
  ])('%j', (text, reasoning, rest) => {
    for (const size of [1, 2, 5, 100]) expect(parted(text, size)).toEqual({ reasoning, text: rest });
  });
});

describe('prices', () => {
  it('of an answer', () => {
    const usage = { input: 1_000, output: 500, cached: 400, reasoning: 100 };
    expect(costOf(usage, { input: 1, output: 10 })).toBeCloseTo(0.006);
    expect(costOf(usage, { input: 1, output: 10, cached: 0.5 })).toBeCloseTo(0.0058);
  });

  it('are found by name, the most exact first', () => {
    const lines = [
      { model: 'gpt-5*', input: 1, output: 1 },
      { model: 'gpt-5-mini*', input: 2, output: 2 },
      { model: 'gpt-5-mini-2026', input: 3, output: 3 },
    ];
    expect(priceFor(lines, 'gpt-5-mini-2026')?.input).toBe(3);
    expect(priceFor(lines, 'openai/gpt-5-mini-2025')?.input).toBe(2);
    expect(priceFor(lines, 'GPT-5.1')?.input).toBe(1);
    expect(priceFor(lines, 'other')).toBeUndefined();
  });

  it('are held to a budget', () => {
    const budget = new Budget(1);
    budget.add(0.6);
    budget.add(undefined);
    expect(budget.used).toBe(false);
    budget.add(0.4);
    expect(budget.used).toBe(true);
    expect(new Budget(undefined).used).toBe(false);
  });
});

describe('a request that failed without a word', () => {
  const said = async (address: string, change: Partial<Surroundings>) => {
    const surroundings = { ...noSurroundings, ...change };
    const words = {
      provider: 'The server',
      address,
      model: 'm',
      hasKey: false,
      local: placeOf(address) !== 'public',
      origin: new URL(surroundings.pageAddress).origin,
    };
    return (await diagnose(address, words, surroundings, '')).facts;
  };
  const at = (pageAddress: string) => ({ pageAddress });
  const https = at('https://play.example/');
  const permission = (state: 'granted' | 'denied' | 'prompt' | 'unknown') => ({
    localNetwork: () => Promise.resolve(state),
  });
  const reached = { answers: () => Promise.resolve(true) };

  it.each([
    ['cors', 'http://localhost:11434/v1', reached],
    ['network', 'http://localhost:11434/v1', {}],
    ['network', 'https://api.example/v1', { online: false }],
    ['cors', 'https://api.example/v1', { ...https, ...reached }],
    ['mixed-content', 'http://api.example/v1', { ...https, ...reached }],
    ['mixed-content', 'http://10.0.0.5/v1', https],
    ['private-network', 'http://10.0.0.5/v1', { ...https, ...permission('denied') }],
    ['private-network', 'http://localhost:1234/v1', { ...https, ...permission('denied') }],
    ['private-network', 'http://localhost:1234/v1', { ...https, ...permission('prompt') }],
    ['cors', 'http://localhost:1234/v1', { ...https, ...permission('prompt'), ...reached }],
    ['network', 'http://localhost:1234/v1', { ...https, ...permission('granted') }],
    ['address', 'http://[::1]:1234/v1', { blocked: () => true }],
  ])('is %s for %s, %j', async (kind, address, change) => {
    expect(await said(address, change)).toMatchObject({ kind });
  });

  it('names the origin that a local server has to allow', async () => {
    expect((await said('http://localhost:11434/v1', { ...https, ...reached })).advice).toContain(
      'https://play.example',
    );
  });

  it('does not claim to know what it cannot', async () => {
    const unclear = await said('https://api.example/v1', { answers: () => Promise.resolve(undefined) });
    expect(unclear.message).toContain('may read');
  });
});

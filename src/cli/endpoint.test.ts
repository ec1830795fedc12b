import { afterEach, expect, test, vi } from 'vitest';
import { endpointOf } from './endpoint.ts';

afterEach(() => vi.unstubAllEnvs());

const LOCAL = 'http://localhost:11434/v1';

test('the key goes with the address, without the line end that a file of keys has', () => {
  vi.stubEnv('OPENAI_API_KEY', 'sk-1\n');
  expect(endpointOf({})).toEqual({ baseUrl: 'https://api.openai.com/v1', apiKey: 'sk-1' });
  expect(endpointOf({ baseUrl: `${LOCAL}/` })).toEqual({ baseUrl: LOCAL, apiKey: 'sk-1' });
});

test('OpenAI needs a key, other endpoints do not', () => {
  vi.stubEnv('OPENAI_API_KEY', '');
  expect(endpointOf({ baseUrl: LOCAL })).toEqual({ baseUrl: LOCAL, apiKey: null });
  for (const baseUrl of [undefined, 'https://api.openai.com/v1/'])
    expect(() => endpointOf({ baseUrl })).toThrow(
      'no key for https://api.openai.com/v1: set OPENAI_API_KEY, or name another OpenAI-compatible endpoint with --base-url',
    );
});

test.each([
  { key: 'sk-a\nsecret', baseUrl: LOCAL },
  { key: 'sk-a…secret', baseUrl: LOCAL },
  { key: 'sk-1', baseUrl: 'http://me:secret@localhost/v1' },
  { key: 'sk-1', baseUrl: 'http://localhost/v1?key=secret' },
])('what cannot be sent is refused, and not shown: $key, $baseUrl', ({ key, baseUrl }) => {
  vi.stubEnv('OPENAI_API_KEY', key);
  expect(() => endpointOf({ baseUrl })).toThrow(
    expect.objectContaining({
      code: 'invalid_option',
      message: expect.not.stringContaining('secret'),
    }),
  );
});

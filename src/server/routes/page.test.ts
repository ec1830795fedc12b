import { expect, test } from 'vitest';
import { testServer } from '../../testing/test-server.ts';

test('every address of the workspace gives its page, with a policy that allows its own files alone', async () => {
  const server = await testServer();
  for (const path of [
    '/',
    '/setup',
    '/invitation',
    '/p/default',
    '/p/shop/causes/c-12345678?level=fine',
  ]) {
    const answer = await server.get(path);
    expect(answer.status).toBe(200);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    const page = await answer.text();
    expect(page).not.toMatch(/<script(?![^>]* src=)/);
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  }
  expect(server.errors).toEqual([]);
  await server.close();
});

test('its files are kept for good by their names; other names are not found', async () => {
  const server = await testServer();
  const page = await (await server.get('/')).text();
  const [, script = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(page) ?? [];
  const answer = await server.get(script);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/javascript');
  expect(answer.headers.get('cache-control')).toContain('immutable');
  expect(answer.headers.get('content-encoding')).toBe('gzip');
  for (const path of ['/assets/none.js', '/assets/..%2fapp.html'])
    expect((await server.get(path)).status).toBe(404);
  await server.close();
});

test('the page needs no key; its data does', async () => {
  const server = await testServer({ host: '0.0.0.0' });
  expect((await server.get('/')).status).toBe(200);
  expect((await server.get('/api/v1/decisions')).status).toBe(401);
  await server.close();
});

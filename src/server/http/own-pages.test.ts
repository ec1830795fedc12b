import { expect, test } from 'vitest';
import { checkOwnPages } from './own-pages.ts';

const check = (host?: string, origin?: string, site?: string) => () =>
  checkOwnPages({ host, origin, site });

test.each([
  ['127.0.0.1:7117', undefined, undefined],
  ['localhost:4318', 'http://localhost:3000', 'same-site'],
  ['[::1]:7117', 'http://[::1]:7117', 'same-origin'],
  ['127.0.0.1', undefined, 'none'],
  [undefined, undefined, undefined],
])('%s, from %s: its own user', (host, origin, site) => {
  expect(check(host, origin, site)).not.toThrow();
});

test.each([
  ['evil.example:7117', undefined, undefined, 'foreign_host'],
  ['127.0.0.1.evil.example', undefined, undefined, 'foreign_host'],
  ['127.0.0.1:7117', 'https://evil.example', 'cross-site', 'foreign_page'],
  ['127.0.0.1:7117', 'null', undefined, 'foreign_page'],
  ['127.0.0.1:7117', undefined, 'cross-site', 'foreign_page'],
  ['127.0.0.1:7117', 'http://localhost.evil.example', undefined, 'foreign_page'],
])('%s, from %s: refused', (host, origin, site, code) => {
  expect(check(host, origin, site)).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ code }) }),
  );
});

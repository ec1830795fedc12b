import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const folder = resolve(import.meta.dirname, '../dist/web/app');
const assets = readdirSync(join(folder, 'assets')).map((name) => ({
  name,
  text: readFileSync(join(folder, 'assets', name), 'utf8'),
}));

/** Bytes after gzip, of all scripts and of all styles; more than the first view, by what other pages load for themselves. */
const BUDGET = { js: 300_000, css: 20_000 } as const;

/** Of what the page loads before it shows anything. */
const FIRST = { js: 262_000, css: 12_000 } as const;

test.each(Object.entries(BUDGET))('all %s of the workspace fits its budget', (type, most) => {
  const files = assets.filter(({ name }) => name.endsWith(`.${type}`));
  expect(files.length).toBeGreaterThan(0);
  expect(files.reduce((sum, { text }) => sum + gzipSync(text).length, 0)).toBeLessThan(most);
});

test.each(Object.entries(FIRST))('the %s of the first view fits its budget', (type, most) => {
  const page = readFileSync(join(folder, 'app.html'), 'utf8');
  const files = assets.filter(
    ({ name }) => name.endsWith(`.${type}`) && page.includes(`/assets/${name}"`),
  );
  expect(files.length).toBeGreaterThan(0);
  expect(files.reduce((sum, { text }) => sum + gzipSync(text).length, 0)).toBeLessThan(most);
});

test('the page loads nothing from elsewhere and has nothing inline', () => {
  const page = readFileSync(join(folder, 'app.html'), 'utf8');
  expect(page).not.toMatch(/<script(?![^>]* src=)|<style|style=|\son\w+=/);
  for (const [, address] of page.matchAll(/(?:src|href)="([^"]+)"/g))
    expect(address).toMatch(/^(?:\/assets\/[\w-]+-[\w-]{8}\.(?:js|css)|data:)/);
  const styles = assets.filter(({ name }) => name.endsWith('.css'));
  for (const { text } of styles) expect(text).not.toMatch(/@import|url\((?!data:|"data:)/);
});

test('schemas stay on the server', () => {
  for (const { text } of assets) expect(text).not.toContain('ZodError');
});

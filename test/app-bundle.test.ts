import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const folder = resolve(import.meta.dirname, '../dist/web/app');
const assets = readdirSync(join(folder, 'assets')).map((name) => ({
  name,
  text: readFileSync(join(folder, 'assets', name), 'utf8'),
}));

const page = readFileSync(join(folder, 'app.html'), 'utf8');
const everywhere = assets.filter(({ name }) => page.includes(name));
const lazy = assets.filter((each) => !everywhere.includes(each));

/** Bytes after gzip, of all scripts and of all styles that every page loads. */
const BUDGET = { js: 268_000, css: 12_000 } as const;
const sizeOf = (files: typeof assets): number =>
  files.reduce((sum, { text }) => sum + gzipSync(text).length, 0);

test.each(Object.entries(BUDGET))('all %s of the workspace fits its budget', (type, most) => {
  const files = everywhere.filter(({ name }) => name.endsWith(`.${type}`));
  expect(files.length).toBeGreaterThan(0);
  expect(sizeOf(files)).toBeLessThan(most);
});

test('what few pages need is loaded by these alone: map, verdicts, watchers, versions, the description of the API', () => {
  const docs = lazy.filter(({ name }) => name.startsWith('ApiDocs-'));
  expect(docs.map(({ name }) => name.split('.').at(-1)).toSorted()).toEqual(['css', 'js']);
  expect(sizeOf(docs)).toBeLessThan(10_000);
  expect(sizeOf(lazy)).toBeLessThan(104_000);
});

test('the page loads nothing from elsewhere and has nothing inline', () => {
  expect(page).not.toMatch(/<script(?![^>]* src=)|<style|style=|\son\w+=/);
  for (const [, address] of page.matchAll(/(?:src|href)="([^"]+)"/g))
    expect(address).toMatch(/^(?:\/assets\/[\w-]+-[\w-]{8}\.(?:js|css)|data:)/);
  const styles = assets.filter(({ name }) => name.endsWith('.css'));
  for (const { text } of styles) expect(text).not.toMatch(/@import|url\((?!data:|"data:)/);
});

test('schemas stay on the server', () => {
  for (const { text } of assets) expect(text).not.toContain('ZodError');
});

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

/** Bytes after gzip: of what the first view loads, and of all, with the pages that are loaded when they are opened. */
const BUDGETS = {
  'the first view': { js: 258_000, css: 12_000, has: (name: string) => page.includes(name) },
  'the whole workspace': { js: 300_000, css: 20_000, has: () => true },
} as const;

test.each(Object.entries(BUDGETS))('%s fits its budget', (_, { js, css, has }) => {
  for (const [type, most] of [
    ['js', js],
    ['css', css],
  ] as const) {
    const files = assets.filter(({ name }) => name.endsWith(`.${type}`) && has(name));
    expect(files.length).toBeGreaterThan(0);
    expect(files.reduce((sum, { text }) => sum + gzipSync(text).length, 0)).toBeLessThan(most);
  }
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

import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { builtFile, readBuilt } from '../../platform/package-file.ts';
import type { Environment } from '../http/environment.ts';
import { Hono } from '../packages.ts';

/**
 * The workspace as a page: one document for every address below `/p/`, for those of links that add people, and for the description of the API, and
 * its files, whose names hold a hash of what is in them. It asks for data through the API alone, so nothing here needs a key.
 */
export function pageRoutes(): Hono<Environment> {
  const routes = new Hono<Environment>();
  let files: Promise<ReadonlyMap<string, Asset>> | undefined;
  const assets = (): Promise<ReadonlyMap<string, Asset>> => {
    files ??= readAssets().catch((error: unknown) => {
      files = undefined;
      throw error;
    });
    return files;
  };
  routes.on(
    'GET',
    ['/', '/setup', '/invitation', '/reset', '/signed-in', '/api/docs', '/p', '/p/*'],
    async (c) => c.html(await readBuilt('web/app/app.html'), 200, HEADERS),
  );
  routes.get('/assets/:name', async (c, next) => {
    const asset = (await assets()).get(c.req.param('name'));
    if (asset === undefined) return await next();
    const isPacked = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '');
    return c.body(isPacked ? asset.packed : asset.plain, 200, {
      'content-type': asset.type,
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      vary: 'accept-encoding',
      ...(isPacked && { 'content-encoding': 'gzip' }),
    });
  });
  return routes;
}

interface Asset {
  readonly type: string;
  readonly plain: Uint8Array<ArrayBuffer>;
  readonly packed: Uint8Array<ArrayBuffer>;
}

const HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'cache-control': 'no-cache',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

const packed = promisify(gzip);

async function readAssets(): Promise<ReadonlyMap<string, Asset>> {
  const folder = builtFile('web/app/assets');
  const found = new Map<string, Asset>();
  for (const name of await readdir(folder)) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const plain = new Uint8Array(await readFile(join(folder, name)));
    found.set(name, { type, plain, packed: new Uint8Array(await packed(plain)) });
  }
  return found;
}

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, test } from 'vitest';
import type { Analysis } from '../src/contract/analysis.ts';
import { chromiumPath, launch } from './browser.ts';
import { walkAsEveryRole } from './role-walk.ts';
import { workspaceServer } from './workspace-server.ts';

const bytes = gunzipSync(
  readFileSync(resolve(import.meta.dirname, '../dist/demo/traces.otlp.jsonl.gz')),
);
const lines = bytes.toString().split('\n').filter(Boolean).slice(0, 14);

describe.skipIf(chromiumPath === null)('the workspace as people of each role', () => {
  test('nobody finds a control that the server refuses', async () => {
    const server = await workspaceServer();
    const browser = await launch();
    await server.receive(lines);
    await server.post('/analyses?wait=true', {});
    const { causes } = (await server.get('/causes')) as { causes: Analysis['clusters'] };
    const first = causes.find(({ rank }) => rank === 1);
    if (first === undefined) throw new Error('no cause of rank 1');
    await walkAsEveryRole(browser, server, {
      ...{ cause: first.id, trace: first.exemplars[0] ?? '', session: 'rolling' },
    });
    await browser.close();
    await server.close();
  });
});

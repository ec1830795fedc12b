import { resolve } from 'node:path';
import { writeDemo } from '../demo/generate.ts';
import { buildWeb } from './build-web.ts';

/** What `dist/` needs besides the compiled sources: the report page and the demo data. */
const dist = resolve(import.meta.dirname, '../dist');
writeDemo(resolve(dist, 'demo'));
await buildWeb(resolve(dist, 'web'));

import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { writeDemo } from '../demo/generate.ts';
import { buildEntries } from './build-entries.ts';
import { buildPackages } from './build-packages.ts';
import { buildScanWorker } from './build-scan-worker.ts';
import { buildApp, buildWeb } from './build-web.ts';

/**
 * Adds to `dist/` what compilation does not produce: the report page, the demo data, the token vectors, and bundles of
 * what threads of a scan run, of the entry points, and of the packages that the server alone needs.
 */
const root = resolve(import.meta.dirname, '..');
const model = 'embed/static/model/minilm-l6-256.bin';
mkdirSync(dirname(resolve(root, 'dist', model)), { recursive: true });
copyFileSync(resolve(root, 'src', model), resolve(root, 'dist', model));
writeDemo(resolve(root, 'dist/demo'));
await buildWeb(resolve(root, 'dist/web'));
await buildApp(resolve(root, 'dist/web'));
await buildScanWorker(resolve(root, 'dist/scan'));
await buildEntries(resolve(root, 'dist'));
await buildPackages(resolve(root, 'dist'));

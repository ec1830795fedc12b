import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CulpritError } from '../contract/culprit-error.ts';
import type { AnalyzeOptions } from '../pipeline.ts';

type Detector = AnalyzeOptions['detectors'][number];

/**
 * Detectors of the user: modules whose default export is `{ id, detect(trace, options) }`.
 * @throws CulpritError `invalid_option` when a module cannot be loaded or exports something else.
 */
export const loadDetectors = (files: readonly string[]): Promise<Detector[]> =>
  Promise.all(files.map(loadOne));

async function loadOne(file: string): Promise<Detector> {
  const module: { default?: unknown } = await import(pathToFileURL(resolve(file)).href).catch(
    (cause: unknown) => {
      throw new CulpritError(
        'invalid_option',
        `--detector ${file}: cannot be loaded (${String(cause)})`,
        { cause },
      );
    },
  );
  if (isDetector(module.default)) return module.default;
  throw new CulpritError(
    'invalid_option',
    `--detector ${file}: its default export is no detector; export default { id: 'my_check', detect(trace, options) { return [] } }`,
  );
}

const isDetector = (value: unknown): value is Detector =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  'detect' in value &&
  typeof value.detect === 'function';

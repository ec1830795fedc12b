import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CulpritError } from '../contract/culprit-error.ts';
import type { AnalyzeOptions } from '../pipeline.ts';
import { decimal, duration, plural } from '../text/format.ts';

type Detector = AnalyzeOptions['detectors'][number];

export interface OwnDetectors {
  readonly detectors: readonly Detector[];
  /** One line for each that made the run slow. */
  readonly slow: () => readonly string[];
}

/**
 * Detectors of the user: modules whose default export is `{ id, detect(trace, options) }`, timed.
 * @throws CulpritError `invalid_option` when a module cannot be loaded, exports something else, or
 * has an id that is taken.
 */
export async function loadDetectors(
  files: readonly string[],
  taken: ReadonlySet<string>,
): Promise<OwnDetectors> {
  const ids = new Set(taken);
  const timed: Timed[] = [];
  for (const file of files) {
    const detector = await loadOne(file);
    if (ids.has(detector.id)) throw invalid(file, `the id ${detector.id} is taken; give another`);
    ids.add(detector.id);
    timed.push(withTime(detector));
  }
  return {
    detectors: timed.map(({ detector }) => detector),
    slow: () => timed.flatMap(slowLine),
  };
}

async function loadOne(file: string): Promise<Detector> {
  const module: { default?: unknown } = await import(pathToFileURL(resolve(file)).href).catch(
    (cause: unknown) => {
      throw invalid(file, `cannot be loaded (${String(cause)})`, cause);
    },
  );
  if (isDetector(module.default)) return module.default;
  throw invalid(
    file,
    "its default export is no detector; export default { id: 'my_check', detect(trace, options) { return [] } }, the id in small letters, digits and _",
  );
}

const isDetector = (value: unknown): value is Detector =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  /^[a-z][a-z0-9_]{0,59}$/.test(value.id) &&
  'detect' in value &&
  typeof value.detect === 'function';

const invalid = (file: string, why: string, cause?: unknown): CulpritError =>
  new CulpritError('invalid_option', `--detector ${file}: ${why}`, { cause });

interface Timed {
  readonly detector: Detector;
  readonly spent: { traces: number; ms: number };
}

function withTime(detector: Detector): Timed {
  const spent = { traces: 0, ms: 0 };
  return {
    spent,
    detector: {
      id: detector.id,
      detect(trace, options) {
        const start = performance.now();
        try {
          return detector.detect(trace, options);
        } finally {
          spent.traces += 1;
          spent.ms += performance.now() - start;
        }
      },
    },
  };
}

/** The built-in detectors together take less. */
const SLOW_MS = 1;
const SLOW_TOTAL_MS = 1_000;

const slowLine = ({ detector, spent }: Timed): string[] =>
  spent.ms < SLOW_TOTAL_MS || spent.ms < SLOW_MS * spent.traces
    ? []
    : [
        `detector ${detector.id} took ${duration(spent.ms)} for ${plural(spent.traces, 'trace')}, ${decimal(spent.ms / spent.traces, 1)} ms each`,
      ];

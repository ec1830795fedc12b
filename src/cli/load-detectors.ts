import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Detector } from '../culprit.ts';
import { detectorFrom, detectorIds } from '../detect/detect.ts';
import { decimal, duration, plural } from '../text/format.ts';

export interface OwnDetectors {
  readonly detectors: readonly Detector[];
  /** One line for each that made the run slow. */
  readonly slow: () => readonly string[];
}

/**
 * The user's detectors, timed: modules whose default export was made by `defineDetector`, or is an object
 * that could be passed to it.
 * @throws CulpritError `invalid_option` when a module cannot be loaded, exports something else, or has an id
 * that is taken.
 */
export async function loadDetectors(files: readonly string[]): Promise<OwnDetectors> {
  const taken = new Set(detectorIds());
  const timed: Timed[] = [];
  for (const file of files) {
    const detector = await loadOne(file, taken);
    taken.add(detector.id);
    timed.push(withTime(detector));
  }
  return {
    detectors: timed.map(({ detector }) => detector),
    slow: () => timed.flatMap(slowLine),
  };
}

async function loadOne(file: string, taken: ReadonlySet<string>): Promise<Detector> {
  const source = `--detector ${file}`;
  const module: { default?: unknown } = await import(pathToFileURL(resolve(file)).href).catch(
    (cause: unknown) => {
      throw invalid(`${source}: cannot be loaded (${String(cause)})`, cause);
    },
  );
  try {
    return detectorFrom(module.default, taken);
  } catch (cause) {
    throw invalid(`${source}: ${(cause as Error).message}`, cause);
  }
}

const invalid = (message: string, cause: unknown): CulpritError =>
  new CulpritError('invalid_option', message, { cause });

interface Timed {
  readonly detector: Detector;
  readonly spent: { traces: number; ms: number };
}

function withTime(detector: Detector): Timed {
  const spent = { traces: 0, ms: 0 };
  return {
    spent,
    detector: {
      ...detector,
      detect(run, file) {
        const start = performance.now();
        try {
          return detector.detect(run, file);
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

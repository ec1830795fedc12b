import type { Layer } from '../../contract/category.ts';
import type { Trace } from '../../contract/trace.ts';
import type { Why } from '../../contract/why.ts';
import { fisherExact } from '../../numeric/statistics/fisher-exact.ts';
import { holm } from '../../numeric/statistics/holm.ts';
import { percent } from '../../text/format.ts';
import { quoted } from './quoted.ts';
import type { Subject } from './subject.ts';

const SIGNIFICANT = 0.01;
const CLEAR_DIFFERENCE = 0.3;
/** Attributes with more values than this are not settings. */
const MOST_VALUES = 50;

interface Attribute {
  readonly name: string;
  readonly layer: Layer;
  readonly path: string;
  readonly of: (trace: Trace) => string | null;
}

const inMetadata = (key: string): Attribute => ({
  name: key.replaceAll('_', ' '),
  layer: 'model',
  path: `/metadata/${key}`,
  of: ({ metadata }) => {
    const value = metadata[key];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
  },
});

/** A version that was made up from the text of the prompt (`sha:…`) is not in the file. */
const recordedVersion = ({ promptVersion }: Trace): string | null =>
  promptVersion?.startsWith('sha:') === true ? null : promptVersion;

const ATTRIBUTES: readonly Attribute[] = [
  { name: 'model', layer: 'model', path: '/model', of: ({ model }) => model },
  { name: 'prompt version', layer: 'prompt', path: '/promptVersion', of: recordedVersion },
  { name: 'release', layer: 'unknown', path: '/release', of: ({ release }) => release },
  ...['temperature', 'top_p', 'max_tokens', 'reasoning_effort'].map(inMetadata),
];

/**
 * The model, the prompt version, the release or a setting differs from that of passing traces: a value that
 * most of these failures have and at least 30 points fewer of the passing traces (Fisher, p < 0.01 after Holm over all
 * values tested). Outranks the default layer, after checks that quote the flaw itself. A release points to no layer,
 * because it can hold any change.
 */
export function changedSetting({ members, passing }: Subject): Why | null {
  const tested = ATTRIBUTES.flatMap((attribute) => valuesOf(attribute, members, passing));
  const corrected = holm(tested.map(({ p }) => p));
  const found = tested
    .map((each, index) => ({ ...each, p: corrected[index]! }))
    .filter(
      ({ p, here, there }) => p < SIGNIFICANT && here >= 0.5 && here - there >= CLEAR_DIFFERENCE,
    )
    .sort((a, b) => a.p - b.p);
  const [first] = found;
  if (first === undefined) return null;
  const { attribute, value, here, there } = first;
  const trace = members.find((each) => attribute.of(each) === value)!;
  return {
    statement: `Likely because of ${attribute.name} \`${value}\` (${percent(here)} here, ${percent(there)} of passing traces)`,
    layer: attribute.layer,
    evidence: [quoted(trace, attribute.path, value)],
  };
}

interface Tested {
  readonly attribute: Attribute;
  readonly value: string;
  readonly here: number;
  readonly there: number;
  readonly p: number;
}

function valuesOf(
  attribute: Attribute,
  members: readonly Trace[],
  passing: readonly Trace[],
): readonly Tested[] {
  const here = countsOf(attribute, members);
  const there = countsOf(attribute, passing);
  if (here.total === 0 || there.total === 0 || here.counts.size > MOST_VALUES) return [];
  return [...here.counts].map(([value, count]) => {
    const usual = there.counts.get(value) ?? 0;
    return {
      attribute,
      value,
      here: count / here.total,
      there: usual / there.total,
      p: fisherExact(count, here.total, usual, there.total),
    };
  });
}

function countsOf(
  { of }: Attribute,
  traces: readonly Trace[],
): { readonly counts: ReadonlyMap<string, number>; readonly total: number } {
  const counts = new Map<string, number>();
  let total = 0;
  for (const trace of traces) {
    const value = of(trace);
    if (value === null) continue;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    total += 1;
  }
  return { counts, total };
}

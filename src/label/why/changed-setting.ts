import type { Layer } from '../../contract/category.ts';
import type { Trace } from '../../contract/trace.ts';
import type { Why } from '../../contract/why.ts';
import { percent } from '../../text/format.ts';
import { type Attribute, clearDifference } from '../attribute-difference.ts';
import { quoted } from './quoted.ts';
import type { Subject } from './subject.ts';

interface Setting extends Attribute {
  readonly layer: Layer;
  readonly path: string;
}

const inMetadata = (key: string): Setting => ({
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

const SETTINGS: readonly Setting[] = [
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
  const found = clearDifference(SETTINGS, members, passing);
  if (found === null) return null;
  const { attribute, value, here, there } = found;
  const trace = members.find((each) => attribute.of(each) === value)!;
  return {
    statement: `Likely because of ${attribute.name} \`${value}\` (${percent(here)} here, ${percent(there)} of passing traces)`,
    layer: attribute.layer,
    evidence: [quoted(trace, attribute.path, value)],
  };
}

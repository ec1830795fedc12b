import { toolSteps } from '../../../trace/steps.ts';
import type { CheckSubject } from '../define.ts';
import { common, ngrams } from '../similarity/tokens.ts';

/** Names called and names wanted, and how many they share, each as often as it occurs; null without wanted ones. */
export function pathOverlap(
  { run, recorded }: CheckSubject,
  tools: readonly string[] | undefined,
): { readonly made: number; readonly wanted: number; readonly shared: number } | null {
  const wanted = tools ?? (recorded === null ? null : toolSteps(recorded).map(({ tool }) => tool));
  if (wanted === null || wanted.length === 0) return null;
  const names = run.calls.map(({ call }) => call.name);
  return {
    made: names.length,
    wanted: wanted.length,
    shared: common(ngrams(names, 1), ngrams(wanted, 1)),
  };
}

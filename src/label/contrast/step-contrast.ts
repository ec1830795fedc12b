import type { Contrast } from '../../contract/contrast.ts';
import { fisherExact } from '../../numeric/statistics/fisher-exact.ts';
import { holm } from '../../numeric/statistics/holm.ts';
import { percent } from '../../text/format.ts';
import type { Run } from './run.ts';

const SIGNIFICANT = 0.05;
const CLEAR_DIFFERENCE = 0.3;
const MOST = 4;

/**
 * Finds tools that are called or fail clearly more or less often than in the nearest passing runs: 30 points
 * apart and p < 0.05 by Fisher's exact test, Holm-corrected over all steps. At most four, calls before failures,
 * which often follow from them, then the largest difference first.
 */
export function stepContrasts(members: readonly Run[], nearest: readonly Run[]): Contrast[] {
  const here = counts(members);
  const there = counts(nearest);
  const steps = [...new Map([...here, ...there])].sort(([a], [b]) => (a < b ? -1 : 1));
  const compared = steps.map(([key, { tool, event }]) => {
    const failing = { count: here.get(key)?.count ?? 0, of: members.length };
    const passing = { count: there.get(key)?.count ?? 0, of: nearest.length };
    const p = fisherExact(failing.count, failing.of, passing.count, passing.of);
    return { tool, event, failing, passing, p };
  });
  const corrected = holm(compared.map(({ p }) => p));
  return compared
    .map((each, index) => ({ ...each, p: Number(corrected[index]!.toPrecision(3)) }))
    .filter((each) => each.p < SIGNIFICANT && difference(each) >= CLEAR_DIFFERENCE)
    .sort(
      (a, b) =>
        Number(a.event === 'failed') - Number(b.event === 'failed') ||
        difference(b) - difference(a),
    )
    .slice(0, MOST)
    .map((each) => ({ ...each, sentence: sentenceOf(each) }));
}

type Counts = Pick<Contrast, 'failing' | 'passing'>;

const difference = ({ failing, passing }: Counts): number =>
  Math.abs(failing.count / failing.of - passing.count / passing.of);

function sentenceOf({ tool, event, failing, passing }: Omit<Contrast, 'sentence'>): string {
  const name = `\`${tool}\``;
  const here = subject(failing, 'failing trace');
  const there = subject(passing, 'similar passing trace');
  return event === 'called'
    ? `${here.text} ${here.isOne ? 'calls' : 'call'} ${name}; ${lower(there.text)} ${there.isOne ? 'does' : 'do'}`
    : `${name} fails in ${lower(here.text)} and in ${lower(there.text)}`;
}

function subject(
  { count, of }: Contrast['failing'],
  noun: string,
): { readonly text: string; readonly isOne: boolean } {
  if (count === 0) return { text: `No ${noun}`, isOne: true };
  if (count === of) return { text: `Every ${noun}`, isOne: true };
  return { text: `${percent(count / of)} of ${noun}s`, isOne: false };
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

interface Step extends Pick<Contrast, 'tool' | 'event'> {
  count: number;
}

/** Number of runs in which each tool was called or failed. */
function counts(runs: readonly Run[]): Map<string, Step> {
  const found = new Map<string, Step>();
  for (const { steps } of runs) {
    const called = new Set(steps.map(({ tool }) => tool));
    const failed = new Set(steps.filter((step) => step.failed).map(({ tool }) => tool));
    for (const tool of called) add(found, tool, 'called');
    for (const tool of failed) add(found, tool, 'failed');
  }
  return found;
}

function add(found: Map<string, Step>, tool: string, event: Step['event']): void {
  const key = `${event} ${tool}`;
  const known = found.get(key);
  if (known === undefined) found.set(key, { tool, event, count: 1 });
  else known.count += 1;
}

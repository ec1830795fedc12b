import type { Category } from '../../contract/category.ts';
import type { CheckUse } from '../../contract/check-use.ts';
import type { Cluster } from '../../contract/cluster.ts';
import type { Failure } from '../../contract/failure.ts';
import type { Trace } from '../../contract/trace.ts';
import { prepareCheck } from '../checks/use-check.ts';
import { expectations } from './expectations.ts';
import { proposedChecks, rubric } from './propose-checks.ts';
import { type ProofParts, prove } from './prove.ts';

/** Members and controls on which a check has to work before it is proposed. */
const LOOKED_AT = 20;
const RED = 0.5;
const GREEN = 0.8;
const CONTROLS = 3;

/**
 * The checks of a new suite, code first: the first proposal that fails on most members and passes on most controls; then
 * what a good run does, where passing traces show it and the members do not do it; then that there is an answer that is
 * no refusal. A provisional judge where no code separates. `members` and `controls` come most typical and nearest
 * first.
 */
export async function chooseChecks(
  cluster: Cluster,
  members: readonly Failure[],
  controls: readonly Trace[],
  passing: readonly Trace[],
  categories: readonly Category[],
  parts: ProofParts,
): Promise<readonly CheckUse[]> {
  const failed = members.slice(0, LOOKED_AT).map(({ trace }) => trace);
  const near = controls.slice(0, LOOKED_AT);
  const shares = async (use: CheckUse) => ({
    red: await share(failed, 'guard', use, parts),
    green: await share(near, 'control', use, parts),
  });
  const chosen: CheckUse[] = [];
  for (const use of proposedChecks(cluster, members)) {
    const { red, green } = await shares(use);
    if (red < RED || (near.length > 0 && green < GREEN)) continue;
    chosen.push(use);
    break;
  }
  if (chosen.length === 0) return [rubric(cluster, categories)];
  for (const use of expectations(members, passing, parts.options)) {
    const { red, green } = await shares(use);
    if (red < GREEN || green * near.length < CONTROLS) continue;
    chosen.push(use);
    break;
  }
  for (const use of HELPFUL) {
    if (near.length === 0 || (use.check === 'refusal' && cluster.category.startsWith('refusal')))
      continue;
    const { green } = await shares(use);
    if (green === 1) chosen.push(use);
  }
  return chosen;
}

/** What every fix keeps to: it must not hide the cause by taking the answer away. */
const HELPFUL: readonly CheckUse[] = [
  { check: 'answered', why: 'No answer is no fix.' },
  {
    check: 'refusal',
    params: { expected: false },
    why: 'A refusal is no fix: it hides the cause and takes the answer away.',
  },
];

/** Share of the traces that one check proves. */
async function share(
  traces: readonly Trace[],
  role: 'guard' | 'control',
  use: CheckUse,
  parts: ProofParts,
): Promise<number> {
  const check = prepareCheck(use);
  let proven = 0;
  for (const trace of traces)
    if ((await prove(trace, role, [check], parts)).broken === null) proven += 1;
  return traces.length === 0 ? 0 : proven / traces.length;
}

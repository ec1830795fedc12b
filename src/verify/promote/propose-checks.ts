import type { Category } from '../../contract/category.ts';
import type { CheckUse } from '../../contract/check-use.ts';
import type { Cluster } from '../../contract/cluster.ts';
import type { Failure } from '../../contract/failure.ts';
import type { Signal } from '../../contract/signal.ts';
import { UNEXPLAINED } from '../../contract/unexplained.ts';
import { causeKey, causePath } from '../../text/cause.ts';
import { toolSteps } from '../../trace/steps.ts';
import { checkNamed } from '../checks/use-check.ts';

/**
 * Checks that may tell the failures of the cause from other traces, the most telling first: its detector narrowed to
 * kind, tool and field, then its condition. None where the cause has neither.
 */
export function proposedChecks(cluster: Cluster, members: readonly Failure[]): readonly CheckUse[] {
  const proposals: CheckUse[] = [];
  const detector = narrowedDetector(cluster, members);
  if (detector !== null) proposals.push(detector);
  if (cluster.condition !== null)
    proposals.push({
      check: 'condition',
      params: { condition: JSON.parse(JSON.stringify(cluster.condition)) },
    });
  return proposals;
}

/** The detector that names the cause of most members, as far as its parts name kind, tool and field. */
function narrowedDetector(cluster: Cluster, members: readonly Failure[]): CheckUse | null {
  const causes = members.flatMap(({ cause }) => (cause === null ? [] : [cause]));
  const shared = sharedCause(cluster, causes);
  if (shared === null || !isKnown(shared.detector)) return null;
  const cause = untilNamed(shared.cause, namesOf(members));
  return {
    check: shared.detector,
    ...(cause.length > 0 && { params: { cause: [...cause] } }),
  };
}

/** Detector and parts that the condition of the cause names; without one, those that four in five members share. */
function sharedCause(
  { condition }: Cluster,
  causes: readonly Signal[],
): Pick<Signal, 'detector' | 'cause'> | null {
  const key = condition?.atoms.length === 1 ? condition.atoms[0]!.fact.key : null;
  if (key?.startsWith('cause|')) {
    const found = causes.find((cause) => startsWith(cause, key));
    if (found === undefined) return null;
    const path = causePath(found);
    const depth = path.findIndex((_, index) => causeKey(path.slice(0, index + 1)) === key) + 1;
    const before = path.length - found.cause.length;
    return { detector: found.detector, cause: found.cause.slice(0, Math.max(0, depth - before)) };
  }
  if (condition !== null) return null;
  const [first] = causes;
  if (first === undefined) return null;
  const same = causes.filter(({ detector }) => detector === first.detector);
  if (same.length < SHARED * causes.length) return null;
  const depth = first.cause.findIndex(
    (part, index) =>
      same.filter(({ cause }) => cause[index] === part).length < SHARED * same.length,
  );
  return {
    detector: first.detector,
    cause: depth < 0 ? first.cause : first.cause.slice(0, depth),
  };
}

const SHARED = 0.8;

const startsWith = (cause: Signal, key: string): boolean => {
  const path = causePath(cause);
  return path.some((_, index) => causeKey(path.slice(0, index + 1)) === key);
};

const isKnown = (detector: string): boolean => {
  try {
    checkNamed(detector);
    return true;
  } catch {
    return false;
  }
};

/** The parts up to the last that names a tool; what follows says where one wrong value came from, of which there are more. */
function untilNamed(cause: readonly string[], tools: ReadonlySet<string>): readonly string[] {
  const last = cause.findLastIndex((part) => tools.has(part.split(/[.:]/)[0] ?? ''));
  return last < 0 ? cause : cause.slice(0, last + 1);
}

const namesOf = (members: readonly Failure[]): ReadonlySet<string> =>
  new Set(
    members.flatMap(({ trace }) => [
      ...trace.tools.map(({ name }) => name),
      ...toolSteps(trace).map(({ tool }) => tool),
    ]),
  );

/** A judge by the category’s pass criterion, for causes that no code tells from passing traces. */
export function rubric(cluster: Cluster, categories: readonly Category[]): CheckUse {
  const category = categories.find(({ id }) => id === cluster.category);
  const failure =
    category === undefined || category.id === UNEXPLAINED.id
      ? `${cluster.title}.`
      : `This does not hold: ${category.definition} (${cluster.title})`;
  return {
    check: 'judge',
    params: { failure: failure.slice(0, 1_000) },
    provisional: true,
    why: 'A draft from the definition of the category. It decides nothing until its agreement with people is measured.',
  };
}

import type { Cause } from '../contract/cause.ts';
import type { Condition } from '../contract/condition.ts';
import { causeKey } from '../text/cause.ts';
import { conditionTest } from '../text/fact-row.ts';
import { sentence } from '../text/statement.ts';
import type { GroupFacts } from './group-input.ts';

/** What has the lowest severity is a matter of style: it describes failures and never comes first. */
const LEAST_SEVERITY = 1;

/** Makes the cause of a path that detectors found; null without facts. */
export function pathCauses(
  facts: GroupFacts | undefined,
): (path: readonly string[]) => Cause | null {
  const known = new Map<string, Cause>();
  return (path) => {
    if (facts === undefined) return null;
    const key = causeKey(path);
    let cause = known.get(key);
    if (cause === undefined) {
      const condition = pathCondition(path);
      cause = {
        condition,
        state: 'detector',
        meets: meetsOf(condition, facts),
        toSettle: null,
        returns: null,
        mayLead: facts.severityOf(path[0] ?? null) > LEAST_SEVERITY,
        place: null,
      };
      known.set(key, cause);
    }
    return cause;
  };
}

/** The likeliest cause begins with this path. */
const pathCondition = (path: readonly string[]): Condition => ({
  atoms: [
    {
      fact: {
        key: causeKey(path),
        kind: 'cause',
        role: 'cause',
        weight: 0,
        grouped: false,
        statement: sentence(`the likeliest cause is ${path.join(' › ')}`),
      },
      least: null,
      most: null,
    },
  ],
});

/** How many failed and other traces meet the condition; counts of a draw are scaled to the input. */
export function meetsOf(
  condition: Condition,
  { population: { rows, isComplete }, eligible }: GroupFacts,
): Cause['meets'] {
  const test = conditionTest(condition);
  const counts = { failed: 0, failures: 0, passed: 0, passes: 0 };
  for (const row of rows) {
    const isMet = test(row);
    if (row.failed) counts.failures++;
    else counts.passes++;
    if (isMet && row.failed) counts.failed++;
    else if (isMet) counts.passed++;
  }
  const scale = isComplete ? 1 : eligible / rows.length;
  return {
    failed: Math.round(counts.failed * scale),
    failures: Math.round(counts.failures * scale),
    passed: Math.round(counts.passed * scale),
    passes: Math.round(counts.passes * scale),
    isEstimate: !isComplete,
  };
}

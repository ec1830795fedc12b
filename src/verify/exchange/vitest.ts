import type { ReadSuite } from '../suite/read-suites.ts';
import { type Exported, type Loss, lost, outgoingCases } from './exported.ts';

const TESTS = `// One test per case, judged by all checks of Culprit. Guards must pass in every version, controls prevent over-correction.
import { readFileSync } from 'node:fs';
import { runChecks } from 'culprit/checks';
import { describe, expect, test } from 'vitest';
import target from './target.mjs';

const { suites } = JSON.parse(readFileSync(new URL('./cases.json', import.meta.url), 'utf8'));

for (const { title, facts, cases } of suites)
  describe(title, () => {
    for (const given of cases)
      test(\`\${given.role} \${given.id}\`, async () => {
        const trace = traceOf(given, await target(given));
        const { verdict, checks } = await runChecks(trace, given.checks, {
          file: facts,
          recorded: given.recorded,
          ...(given.reference !== null && { reference: given.reference }),
        });
        const against = checks.filter((each) => each.verdict !== 'pass');
        expect(against.map(({ check, reason }) => \`\${check}: \${reason}\`)).toEqual([]);
        expect(verdict).toBe('pass');
      });
  });

/** A target returns a trace (readTraces of culprit makes one of what you record), or the text of its answer. */
function traceOf({ recorded, messages }, returned) {
  if (typeof returned !== 'string') return returned;
  const answer = { role: 'assistant', content: returned, toolCalls: [], toolCallId: null, name: null, spanId: null };
  return { ...recorded, output: returned, messages: [...messages, answer], spans: [], gaps: [], scores: [] };
}
`;

const TARGET = `// What is tested. It gives back what was recorded; run your application instead, from messages, tools, documents
// and toolResults, and return its trace or the text of its answer.
export default async function target({ recorded }) {
  return recorded;
}
`;

/** Why a check cannot run from a test file alone; null for all others. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  judge: 'a judge needs a model, which the test file does not have',
  script: 'its module lies beside the suite; import it in the test file',
};

const DEFAULT_STEPS = 50;

/** A test file for vitest that runs the checks themselves, by `culprit/checks`. */
export function toVitest(suites: readonly ReadSuite[]): Exported {
  const losses: Loss[] = [];
  const written = suites.map((read) => ({
    title: read.suite.cause.title,
    facts: read.payload.source.facts,
    cases: outgoingCases([read]).flatMap((each) => {
      const checks = each.checks.filter((use) => {
        const why =
          use.provisional === true ? 'it is provisional and decides nothing' : LEFT_OUT[use.check];
        if (why !== undefined) losses.push({ case: each.id, check: use.check, what: why });
        return why === undefined;
      });
      if (checks.length === 0) {
        losses.push(lost(each, 'left out: none of its checks can run there'));
        return [];
      }
      const { messages, tools, documents, toolResults, recorded } = each.payload;
      return [
        {
          ...{ id: each.id, role: each.entry.role, reference: each.reference, checks },
          ...{ messages, tools, documents, toolResults, recorded },
        },
      ];
    }),
  }));
  for (const { file, payload } of suites) {
    const { policy, scores, stepBudget } = payload.source;
    if (policy !== null || scores.length > 0 || stepBudget !== DEFAULT_STEPS)
      losses.push({
        case: null,
        check: null,
        what: `the policy, scores and step budget that ${file} was analyzed with are not told to detectors`,
      });
  }
  return {
    files: [
      { path: 'culprit.test.mjs', text: TESTS },
      { path: 'target.mjs', text: TARGET, isTheirs: true },
      { path: 'cases.json', text: `${JSON.stringify({ suites: written }, null, 1)}\n` },
    ],
    losses,
    next: 'npx vitest run culprit.test.mjs, with the package culprit installed; call your application in target.mjs',
  };
}

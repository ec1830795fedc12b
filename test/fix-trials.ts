import { RUN_VERSION } from '../src/contract/eval-run.ts';
import type { FixEdit, FixVerdict } from '../src/contract/fix.ts';
import type { Json } from '../src/contract/json.ts';
import type { Proposer } from '../src/contract/proposer.ts';
import { type FixProposal, fixes } from '../src/culprit.ts';
import { readSuites } from '../src/verify/suite/read-suites.ts';
import { type SelectedSuite, selectSuites, tryFixes } from '../src/verify/verify.ts';
import { recorded, runAgent, told, WRONG } from './fix-simulator.ts';
import { PLANTED, type Planted } from './planted-causes.ts';

/** What each kind of fix has to be shown as. */
const EXPECTED = { right: 'works', wrong: 'refuted', moving: 'relocated' } as const;
type Kind = keyof typeof EXPECTED;

/** An edit as a model gives it. */
function asked(edit: FixEdit): Json {
  if (edit.kind === 'allow_values') throw new Error('no model is asked for values');
  const parts = { tool: '', argument: '', find: '', text: edit.text };
  switch (edit.kind) {
    case 'add_to_prompt':
      return { ...parts, where: 'prompt' };
    case 'replace_in_prompt':
      return { ...parts, where: 'prompt', find: edit.find };
    case 'describe_tool':
      return { ...parts, where: 'tool', tool: edit.tool };
    case 'describe_argument':
      return { ...parts, where: 'argument', tool: edit.tool, argument: edit.argument };
  }
}

const KINDS: readonly Kind[] = ['right', 'wrong', 'moving'];
const CLAIMS = {
  right: 'The texts do not say it',
  wrong: 'The agent is not careful',
  moving: 'The agent is not cautious',
} as const;

/** A model that proposes the right fix, one that changes nothing, and one that moves the failures. */
const proposer = (planted: Planted): Proposer => ({
  id: 'scripted',
  ask: async () => ({
    kind: 'answered',
    answer: {
      fixes: KINDS.map((kind) => ({
        ...{ claim: CLAIMS[kind], run: 1, step: 0, quote: '', layer: 'prompt' },
        edits: [asked(kind === 'wrong' ? WRONG : planted[kind])],
      })),
    },
  }),
});

async function proposed(planted: Planted) {
  const texts = told(planted);
  const { promotion, proposals, cluster } = await fixes(recorded(planted) as never, {
    ...{ cause: 1, redact: 'off', labelModel: proposer(planted) },
    prompt: { name: 'prompt.txt', text: texts.prompt },
    tools: { name: 'tools.json', text: texts.tools },
  });
  const [read] = readSuites([
    { path: promotion.file, text: promotion.yaml },
    { path: promotion.suite.payload, text: promotion.payload },
  ]);
  const [suite] = selectSuites([read!], {
    ...{ labels: [], slice: 'once', run: 'run-1', repeats: null },
  });
  return { suite: suite!, proposals, cluster };
}

/** What trying a change on the agent comes to. */
async function verdictOf(
  planted: Planted,
  suite: SelectedSuite,
  { hypothesis, patched }: FixProposal,
  seed: number,
): Promise<FixVerdict> {
  const before = told(planted);
  const after = {
    prompt: patched.prompt ?? before.prompt,
    tools: patched.tools ?? before.tools,
  };
  const target = { spec: 'agent', kind: 'module', version: null, hash: null } as const;
  const [tried] = await tryFixes({
    ...{ suite, hypotheses: [hypothesis], budget: {}, readsFiles: true, concurrency: 4 },
    services: () => ({ judge: null, script: null }),
    now: () => '2026-11-30T12:00:00.000Z',
    signal: new AbortController().signal,
    open: async (_, { budget, family }) => ({
      header: {
        ...{ kind: 'run', version: RUN_VERSION, id: `run-${seed}`, createdAt: '', seed, budget },
        ...{ toolVersion: '0.0.0', suites: [], labels: [], toolResults: null, isAa: false, family },
        ...{ target, baseline: target },
      },
      write: () => {},
      close: () => {},
      send: async ({ arm }, request) => {
        const texts = arm === 'candidate' ? after : before;
        const usage = { tokens: null, dollars: null };
        const trace = runAgent(planted, texts, request.input, request.seed);
        return {
          answer: { kind: 'answered', trace, usage },
          ...{ usage, tries: 1, latencyMs: 0, replay: null },
        };
      },
    }),
  });
  return tried!.verdict;
}

/** How often each kind of fix, and that of the template, was shown as what. */
export interface Shown {
  /** Trials of each kind. */
  readonly trials: number;
  /** Trials of a kind that came to what it is. */
  readonly right: Readonly<Record<Kind, number>>;
  /** Causes that the analysis files under another category than the planted one. */
  readonly misfiled: readonly string[];
  /** The counts, a line for each kind. */
  readonly lines: readonly string[];
}

/** Tries every fix of every planted cause this often, and the template of its category. */
export async function runTrials(trials: number): Promise<Shown> {
  const verdicts: Readonly<Record<Kind | 'template', FixVerdict[]>> = {
    ...{ right: [], wrong: [], moving: [], template: [] },
  };
  const misfiled: string[] = [];
  for (const planted of PLANTED) {
    const { suite, proposals, cluster } = await proposed(planted);
    if (cluster.category !== planted.category) misfiled.push(planted.category);
    const [template, ...others] = proposals;
    if (template?.hypothesis.proposedBy !== 'template' || others.length !== KINDS.length)
      throw new Error(`${planted.category}: ${proposals.length} proposals`);
    for (let trial = 0; trial < trials; trial += 1) {
      verdicts.template.push(await verdictOf(planted, suite, template, trial));
      for (const [at, kind] of KINDS.entries())
        verdicts[kind].push(await verdictOf(planted, suite, others[at]!, 1_000 * at + trial));
    }
  }
  const countOf = (kind: Kind | 'template', verdict: FixVerdict): number =>
    verdicts[kind].filter((each) => each === verdict).length;
  return {
    ...{ trials: PLANTED.length * trials, misfiled },
    right: {
      right: countOf('right', EXPECTED.right),
      wrong: countOf('wrong', EXPECTED.wrong),
      moving: countOf('moving', EXPECTED.moving),
    },
    lines: ([...KINDS, 'template'] as const).map(
      (kind) =>
        `${kind}: ${[...new Set(verdicts[kind])].map((verdict) => `${verdict} ${countOf(kind, verdict)}`).join(', ')} of ${verdicts[kind].length}`,
    ),
  };
}

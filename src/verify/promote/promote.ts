import type { Analysis } from '../../contract/analysis.ts';
import type { CaseSource } from '../../contract/case-payload.ts';
import type { Category } from '../../contract/category.ts';
import type { CheckUse } from '../../contract/check-use.ts';
import type { Cluster } from '../../contract/cluster.ts';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { Detected } from '../../contract/detected.ts';
import type { Failure } from '../../contract/failure.ts';
import type { PolicyDefinition } from '../../contract/policy.ts';
import { SUITE_VERSION, type Suite, type SuiteCase } from '../../contract/suite.ts';
import type { Trace } from '../../contract/trace.ts';
import { powerOfSlice } from '../../numeric/statistics/power.ts';
import { percent, plural } from '../../text/format.ts';
import type { CheckServices } from '../checks/define.ts';
import { optionsOf } from '../checks/subject.ts';
import { prepareCheck } from '../checks/use-check.ts';
import { diffSuites, type SuiteDiff } from '../suite/diff-suites.ts';
import { payloadText } from '../suite/payload.ts';
import type { ReadSuite } from '../suite/read-suites.ts';
import { contentHash } from '../suite/suite-hash.ts';
import { suiteName } from '../suite/suite-name.ts';
import { suiteText, withCases } from '../suite/suite-text.ts';
import { type BrokenCase, CaseBuilder, isOpen } from './case-builder.ts';
import { controlOrder, guardOrder, sliceOrder } from './choose-cases.ts';
import { chooseChecks } from './choose-checks.ts';
import { findCause } from './members-of.ts';
import type { ProofParts } from './prove.ts';

export interface PromoteInput extends Omit<CauseInput, 'cluster' | 'members' | 'passing' | 'name'> {
  readonly analysis: Analysis;
  readonly detected: Pick<Detected, 'failures' | 'passing'>;
  /** Id of the cause, or its rank. */
  readonly cause: string | number;
}

/** A cause, and what is known of its failures. */
export interface CauseInput {
  /** Of which the cause is a part. */
  readonly analysis: Pick<Analysis, 'files' | 'facts' | 'toolVersion' | 'options'>;
  readonly cluster: Cluster;
  readonly members: readonly Failure[];
  /** Traces that controls are taken from. */
  readonly passing: readonly Trace[];
  readonly categories: readonly Category[];
  /** Of a new suite: lowercase words joined by hyphens. Default: made of the title. */
  readonly name?: string;
  /** Ids of traces that become guards. */
  readonly picks: readonly string[];
  readonly redaction: SuiteCase['redaction'];
  /** Masks one trace; the same value is always masked the same way. */
  readonly redact: (trace: Trace) => Trace;
  readonly policy: PolicyDefinition | null;
  readonly services: CheckServices;
  /** Date, and who promotes. */
  readonly added: SuiteCase['added'];
  /** Suites that are there already; new cases go to the one of this cause. */
  readonly suites: readonly ReadSuite[];
}

export interface Promotion {
  readonly suite: Suite;
  /** Path of the suite that was extended, or the name of the new file. */
  readonly file: string;
  /** The suite as YAML; the comments of an existing one are kept. */
  readonly yaml: string;
  /** The contents of the cases as JSON Lines: the file that `suite.payload` names. */
  readonly payload: string;
  /** Ids of the sampled failures of the cause. */
  readonly members: readonly string[];
  /** New cases. */
  readonly added: readonly SuiteCase[];
  readonly broken: readonly BrokenCase[];
  /** What was chosen and what it can prove, one sentence each. */
  readonly notes: readonly string[];
  /** What changes in the existing suite; null for a new one. */
  readonly diff: SuiteDiff | null;
}

const MOST = { guard: 3, control: 5, slice: 30 } as const;
/** Fewer are said to be few. */
const ENOUGH = 20;
const SMALLEST_EFFECT = 0.5;
const REPEATS = 5;
/** Times the rate before that prove a third of it: 9 ÷ p traces without a recurrence. */
const PROOF = 9;

/**
 * Turns a cause of an analysis into a suite.
 * @throws CulpritError what `promoteFailures` throws, and `invalid_option` for a cause that the analysis does not have.
 */
export async function promoteOne(input: PromoteInput): Promise<Promotion> {
  const { analysis, detected } = input;
  if (analysis.options.all)
    throw invalid(
      'all',
      'all groups every trace, failed or not: promote needs causes of failures. Leave it out',
    );
  const { cluster, rows } = findCause(analysis, input.cause);
  const members = rows.map((row) => detected.failures[row]!);
  return await promoteFailures({ ...input, cluster, members, passing: detected.passing });
}

/**
 * Turns the failures of a cause into its suite: guards, controls, a slice, and the checks that tell them apart, each case
 * proven on its recorded output.
 * @throws CulpritError `invalid_option` for a pick that is no failure of the cause or proves nothing, a cause of which no
 * case can be proven, a name that another suite has, and where redaction destroys what a check depends on.
 */
export async function promoteFailures(input: CauseInput): Promise<Promotion> {
  const { analysis, cluster, members, passing } = input;
  const { scores, stepBudget } = analysis.options;
  const existing = input.suites.find(({ suite }) => suite.cause.id === cluster.id) ?? null;
  const parts: ProofParts = {
    file: existing?.payload.source.facts ?? analysis.facts,
    options:
      existing === null
        ? optionsOf(scores, stepBudget, input.policy)
        : optionsOf(
            existing.payload.source.scores,
            existing.payload.source.stepBudget,
            existing.payload.source.policy,
          ),
    services: input.services,
  };
  const old = existing?.suite.cases ?? [];
  checkPicks(
    input.picks,
    members.map(({ trace }) => trace.id),
    old,
    cluster.id,
  );
  const guards = guardOrder(members, cluster.exemplars, input.picks);
  const controls = controlOrder(
    passing,
    guards.slice(0, MOST.guard).map(({ trace }) => trace),
  );
  const uses: readonly CheckUse[] =
    existing?.suite.checks ??
    (await chooseChecks(
      cluster,
      guards.map(({ trace }) => members.find((each) => each.trace === trace)!),
      controls.map(({ trace }) => trace),
      passing,
      input.categories,
      parts,
    ));
  const builder = new CaseBuilder({
    old,
    members,
    checks: uses.map(prepareCheck),
    proof: parts,
    ...{ redaction: input.redaction, redact: input.redact, added: input.added },
  });
  await builder.fill('guard', guards, guardsWanted(members.length, old, input.picks));
  await builder.fill('slice', sliceOrder(members, analysis.options.seed), MOST.slice);
  await builder.fill('control', controls, MOST.control);
  const suite =
    existing === null
      ? suiteOf(input, cluster, uses, builder.cases)
      : { ...existing.suite, cases: [...existing.suite.cases, ...builder.cases] };
  if (existing === null && !suite.cases.some(({ role }) => role === 'guard'))
    throw nothingProven(input, cluster, builder);
  const source: CaseSource = existing?.payload.source ?? {
    kind: 'source',
    ...{ facts: analysis.facts, scores, stepBudget, policy: input.policy },
  };
  return {
    suite,
    file: existing?.file ?? `${suite.payload.slice(0, -'.jsonl'.length)}.yaml`,
    yaml: existing === null ? suiteText(suite) : withCases(existing.located, builder.cases),
    payload: payloadText({
      source,
      cases: new Map([...(existing?.payload.cases ?? []), ...builder.payloads]),
    }),
    members: members.map(({ trace }) => trace.id),
    added: builder.cases,
    broken: builder.broken,
    notes: notesOf(suite),
    diff: existing === null ? null : diffSuites(existing.suite, suite),
  };
}

/** A picked trace has to be a failure of the cause that is no case yet, and there has to be room for it. */
function checkPicks(
  picks: readonly string[],
  members: readonly string[],
  old: readonly SuiteCase[],
  cause: string,
): void {
  const unknown = picks.find((id) => !members.includes(id));
  if (unknown !== undefined)
    throw invalid(
      'pick',
      `pick: the trace ${unknown} is no sampled failure of cause ${cause}; choose from ${members.slice(0, 5).join(', ')}${members.length > 5 ? ', …' : ''}`,
    );
  const known = picks.find((id) => old.some(({ trace }) => trace === id));
  if (known !== undefined)
    throw invalid('pick', `pick: the trace ${known} is a case of the suite already`);
  const guards = old.filter((each) => isOpen(each, 'guard')).length;
  if (picks.length > 0 && guards + picks.length > MOST.guard)
    throw invalid(
      'pick',
      `pick: a suite has at most ${MOST.guard} guards${guards > 0 ? `, and this one has ${guards}: retire one first` : `, and ${picks.length} were picked`}`,
    );
}

/** Few failures make fewer guards, so that some are left for the slice. */
function guardsWanted(
  members: number,
  old: readonly SuiteCase[],
  picks: readonly string[],
): number {
  const guards = old.filter((each) => isOpen(each, 'guard')).length;
  const usual = members < 4 ? 1 : members < 8 ? 2 : MOST.guard;
  return Math.max(usual, guards + picks.length);
}

/** Why there is no guard. */
function nothingProven(
  { redaction }: CauseInput,
  { id }: Cluster,
  { broken, destroyed }: CaseBuilder,
): CulpritError {
  const why = broken[0]?.why ?? 'it has no members';
  return destroyed > 0
    ? invalid(
        'redact',
        `redact ${redaction}: it would destroy what the checks of this cause depend on: of trace ${broken[0]?.trace}, ${why}. Use another mode, or off`,
      )
    : invalid('cause', `of cause ${id}, no failure can be proven: ${why}`);
}

function suiteOf(
  { analysis, categories, suites, name }: CauseInput,
  cluster: Cluster,
  checks: readonly CheckUse[],
  added: readonly SuiteCase[],
): Suite {
  const rate = cluster.ratePerThousand / 1_000;
  return {
    version: SUITE_VERSION,
    cause: {
      id: cluster.id,
      title: cluster.title,
      category: cluster.category,
      layer: cluster.layer === 'unknown' ? cluster.usualLayer : cluster.layer,
      severity: cluster.severity ?? 3,
      fingerprint: cluster.condition?.atoms.map(({ fact }) => fact.key) ?? [
        cluster.category,
        ...(cluster.cause ?? []),
      ],
      condition: cluster.condition,
      taxonomy: contentHash(categories),
    },
    labels: ['ci'],
    source: {
      files: analysis.files.map(({ name: path }) => path.slice(path.lastIndexOf('/') + 1)),
      toolVersion: analysis.toolVersion,
      seed: analysis.options.seed,
    },
    payload: `${freeName(cluster, suites, name)}.jsonl`,
    register: { metric: 'pass_rate', smallestEffect: SMALLEST_EFFECT, repeats: REPEATS },
    proofBudget: { rateBefore: rate, exposures: rate > 0 ? Math.ceil(PROOF / rate) : null },
    checks,
    cases: added,
  };
}

/** The name that was asked for; else the cause’s title as a file name, with its id where another suite has that name. */
function freeName({ id, title }: Cluster, suites: readonly ReadSuite[], asked?: string): string {
  const isTaken = (name: string): boolean =>
    suites.some(({ suite, file }) =>
      [`${name}.jsonl`, `${name}.yaml`].some((each) =>
        [suite.payload, baseName(file)].includes(each),
      ),
    );
  if (asked !== undefined) {
    if (isTaken(asked)) throw invalid('name', `name: another cause has the suite ${asked}`);
    return asked;
  }
  const name = suiteName(title, id);
  return isTaken(name) ? `${name}-${suiteName('', id)}` : name;
}

const baseName = (file: string): string => file.slice(file.lastIndexOf('/') + 1);

function notesOf({ cases, checks, register: { smallestEffect } }: Suite): string[] {
  const slice = cases.filter(({ role, spent }) => role === 'slice' && spent === undefined).length;
  const power = percent(powerOfSlice(slice, smallestEffect));
  const few = slice < ENOUGH ? `only ${plural(slice, 'case')}` : plural(slice, 'case');
  return [
    `the slice has ${few}: it shows a rise of ${percent(smallestEffect)} with a chance of ${power}`,
    ...(cases.some(({ role }) => role === 'control')
      ? []
      : ['there is no passing trace to take controls from: nothing prevents over-correction']),
    ...(checks.every(({ provisional }) => provisional === true)
      ? [
          'no code tells this cause from passing traces: the suite has a provisional judge, which decides nothing. Add a check of your own',
        ]
      : []),
  ];
}

/** The option comes first in the message, so that the command line can name its flag. */
const invalid = (option: string, message: string): CulpritError =>
  new CulpritError('invalid_option', message, message.startsWith(option) ? { option } : {});

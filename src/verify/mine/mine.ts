import type { CasePayload } from '../../contract/case-payload.ts';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { AttemptRecord } from '../../contract/eval-run.ts';
import type { SuiteCase } from '../../contract/suite.ts';
import type { Trace } from '../../contract/trace.ts';
import type { CheckServices } from '../checks/define.ts';
import { prove } from '../promote/prove.ts';
import { planAttempts } from '../run/plan-attempts.ts';
import { type MadeAttempts, type RunAttempts, runAttempts } from '../run/run-attempts.ts';
import type { SelectedSuite } from '../run/select-suites.ts';
import { payloadHash, payloadText } from '../suite/payload.ts';
import { proofParts } from '../suite/prove-suite.ts';
import type { ReadSuite } from '../suite/read-suites.ts';
import { withCases } from '../suite/suite-text.ts';
import { FAMILIES, type Family, requestOf, type Variant, variantsOf } from './families.ts';
import { RULES, type Rule, type Ruled, ruler } from './keep.ts';

export interface MineInput
  extends Omit<RunAttempts, 'planned' | 'before' | 'servicesOf' | 'write' | 'attemptLimit'> {
  readonly read: ReadSuite;
  readonly services: CheckServices;
  /** Variants of each family. */
  readonly each: number;
  /** Cases to keep at most. */
  readonly keep: number;
  /** Attempts at each variant. */
  readonly repeats: number;
  readonly isReplayed: boolean;
  readonly added: SuiteCase['added'];
}

/** How many variants were made and passed each rule. */
type MinedCounts = Readonly<Record<Rule | 'made' | 'kept', number>>;

export interface Mined extends Pick<MadeAttempts, 'stopped' | 'spent'> {
  readonly families: readonly (MinedCounts & { readonly family: Family })[];
  readonly total: MinedCounts;
  readonly added: readonly (SuiteCase & { readonly family: Family })[];
  /** The files of the suite with the new cases. */
  readonly yaml: string;
  readonly payload: string;
}

/**
 * Makes variants of the real cases of a suite, tries each on the target, and keeps those that show the same cause now, are
 * no copies, and lie no farther from the real cases than these from each other.
 * @throws CulpritError `invalid_option` for a suite with fewer than two real failures.
 */
export async function mine(input: MineInput): Promise<Mined> {
  const { read, services, repeats } = input;
  const of = (isWanted: (each: SuiteCase) => boolean): readonly CasePayload[] =>
    read.suite.cases.filter(isWanted).map(({ hash }) => read.payload.cases.get(hash)!);
  const isReal = ({ role, retired, pick }: SuiteCase): boolean =>
    role !== 'control' && retired === undefined && pick !== 'mined';
  const real = of(isReal);
  const passing = of(({ role, retired }) => role === 'control' && retired === undefined);
  if (real.length < 2)
    throw new CulpritError(
      'invalid_option',
      `${read.file}: mining needs two failures of the cause at least: promote more traces`,
    );
  const variants = variantsOf(real, passing, input);
  const cases = variants.map((variant, at) => candidateOf(variant, real[variant.seed]!, at));
  const suite: SelectedSuite = {
    ...{ ...read, reused: [] },
    suite: {
      ...read.suite,
      register: { ...read.suite.register, repeats },
      cases: cases.map(({ entry }) => entry),
    },
    payload: {
      source: read.payload.source,
      cases: new Map(cases.map(({ payload }) => [payload.hash, payload])),
    },
  };
  const said = new Map<string, Trace>();
  const made = await runAttempts({
    ...{ ...input, before: null, attemptLimit: {}, servicesOf: () => services },
    planned: planAttempts([suite], ['candidate']),
    write: (line) => {
      if (line.kind === 'attempt' && line.trace !== null) said.set(line.case, line.trace);
    },
  });
  const byCase = Map.groupBy(made.attempts, (attempt) => attempt.case);
  const judged = await judgeAll(
    { ...input, real, mined: of(({ pick }) => pick === 'mined') },
    variants,
    cases,
    byCase,
    said,
  );
  const added = judged.flatMap(({ kept, variant }) =>
    kept === null ? [] : [{ ...kept.entry, family: variant.family }],
  );
  const payloads = judged.flatMap(({ kept }) => (kept === null ? [] : [kept.payload]));
  return {
    ...{ stopped: made.stopped, spent: made.spent, added, total: countsOf(judged) },
    families: FAMILIES.map((family) => ({
      family,
      ...countsOf(judged.filter(({ variant }) => variant.family === family)),
    })),
    yaml: withCases(
      read.located,
      added.map(({ family: _, ...entry }) => entry),
    ),
    payload: payloadText({
      source: read.payload.source,
      cases: new Map([
        ...read.payload.cases,
        ...payloads.map((each): [string, CasePayload] => [each.hash, each]),
      ]),
    }),
  };
}

interface Candidate {
  readonly entry: SuiteCase;
  readonly payload: CasePayload;
}

/** A variant as a case that can be attempted; nothing proves it yet. */
function candidateOf({ family, content }: Variant, seed: CasePayload, at: number): Candidate {
  const { messages, tools, documents, toolResults } = content;
  const parts = { messages, tools, documents, toolResults, recorded: seed.recorded };
  const payload: CasePayload = { kind: 'case', hash: payloadHash(parts), ...parts };
  return {
    payload,
    entry: {
      ...{ id: `mined-${at}`, role: 'guard', pick: 'mined', hash: payload.hash, proof: 'unproven' },
      ...{ trace: `${seed.recorded.id} (${family})`, redaction: 'off' },
      added: { at: '', by: '' },
    },
  };
}

interface Judged {
  readonly variant: Variant;
  readonly ruled: Ruled;
  readonly kept: Candidate | null;
}

interface JudgeInput extends MineInput {
  readonly real: readonly CasePayload[];
  /** Kept before, retired ones too. */
  readonly mined: readonly CasePayload[];
}

async function judgeAll(
  { read, services, keep, added, real, mined }: JudgeInput,
  variants: readonly Variant[],
  candidates: readonly Candidate[],
  byCase: ReadonlyMap<string, readonly AttemptRecord[]>,
  said: ReadonlyMap<string, Trace>,
): Promise<readonly Judged[]> {
  const rules = ruler(real);
  for (const each of mined) rules.keep(each);
  const redaction = read.suite.cases[0]!.redaction;
  const judged: Judged[] = [];
  let left = keep;
  for (const [at, variant] of variants.entries()) {
    const { entry, payload } = candidates[at]!;
    const ruled = rules.judge(variant.content, byCase.get(entry.id) ?? []);
    const trace = said.get(entry.id);
    const isKept = left > 0 && trace !== undefined && RULES.every((rule) => ruled[rule]);
    const kept = isKept ? provenCase({ entry, payload }, trace, { redaction, added }) : null;
    // What was said now has to prove the case, as a recorded failure proves a promoted one.
    const proof =
      kept === null
        ? null
        : await prove(trace!, 'guard', read.checksOf(kept.entry.id), proofParts(read, services));
    const isProven = kept !== null && proof?.proof === 'red';
    if (isProven) {
      left -= 1;
      rules.keep(variant.content);
    }
    judged.push({ variant, ruled, kept: isProven ? kept : null });
  }
  return judged;
}

const SUMMARY = 120;

/** The case with the failing run of the target in the place of the recorded one. */
function provenCase(
  { entry, payload: { messages, tools, documents, toolResults } }: Candidate,
  trace: Trace,
  parts: Pick<SuiteCase, 'redaction' | 'added'>,
): Candidate {
  const recorded: Trace = {
    ...{ ...trace, id: entry.trace },
    origin: { ...trace.origin, file: '', line: null },
  };
  const content = { messages, tools, documents, toolResults, recorded };
  const payload: CasePayload = { kind: 'case', hash: payloadHash(content), ...content };
  const input = requestOf(payload).slice(0, SUMMARY).replaceAll(/\s+/g, ' ').trim();
  return {
    payload,
    entry: {
      ...{ ...entry, ...parts, input, hash: payload.hash, proof: 'red' },
      id: `mined-${payload.hash.slice(0, 8)}`,
    },
  };
}

function countsOf(judged: readonly Judged[]): MinedCounts {
  const of = (rule: Rule): number => judged.filter(({ ruled }) => ruled[rule]).length;
  return {
    made: judged.length,
    ...{ lands: of('lands'), fails: of('fails'), isNew: of('isNew'), isNear: of('isNear') },
    kept: judged.filter(({ kept }) => kept !== null).length,
  };
}

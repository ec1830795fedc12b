import type { CheckRecord } from '../../../contract/check-use.ts';
import type {
  EvalReport,
  ReportedAttempts,
  ReportedCase,
  ReportedCause,
} from '../../../contract/eval-report.ts';
import type { AttemptRecord, RunHeader } from '../../../contract/eval-run.ts';
import type { SuiteCase } from '../../../contract/suite.ts';
import { packed } from '../../../text/packed.ts';
import type { CheckServices } from '../../checks/define.ts';
import { judgeAttempt } from '../../run/judge-attempt.ts';
import { attemptKey } from '../../run/plan-attempts.ts';
import type { SelectedSuite } from '../../run/select-suites.ts';
import { type CaseResult, caseResults, type ResultParts } from '../case-results.ts';
import { conversationOf } from './conversation-of.ts';
import { type CaseAttempts, reportedAttempts, type ShownAttempt } from './reported-attempts.ts';

export interface EvalReportParts extends Omit<ResultParts, 'run'> {
  readonly header: RunHeader;
  /** The attempts again, with their traces; those without a record here have no conversation. */
  readonly traces: Iterable<AttemptRecord>;
  readonly services: (suite: SelectedSuite) => CheckServices;
  readonly falseAlarms: EvalReport['falseAlarms'];
  readonly stopped: string | null;
  readonly used: EvalReport['used'];
  readonly record: string;
  readonly next: string;
}

/** Characters of all conversations together, before they are packed, and of one text at most. */
const ALL = 12_000_000;
const TEXT = 1_200;
/** Texts that a conversation is taken to have, to cut them where there are many cases. */
const TEXTS = 12;
const PACK = 20;
const INPUT = 200;

/** What the page of a run shows. */
export async function evalReport(parts: EvalReportParts): Promise<EvalReport> {
  const { header, judgment, suites, attempts } = parts;
  const results = caseResults({ run: header.id, judgment, suites, attempts });
  const room = ALL / Math.max(1, results.length);
  const text = Math.round(Math.min(TEXT, Math.max(80, room / TEXTS / 2)));
  const shown = await shownAttempts(parts, results, text);
  const reported = results.map((each) => reportedAttempts(shown.get(keyOf(each))!, room));
  const packs: string[] = [];
  for (let at = 0; at < reported.length; at += PACK)
    packs.push(packed(reported.slice(at, at + PACK) satisfies readonly ReportedAttempts[]));
  const { causes, ...whole } = judgment;
  const { id, createdAt, toolVersion, target, baseline, seed, labels, isAa } = header;
  return {
    ...{
      kind: 'run',
      version: 1,
      id,
      createdAt,
      toolVersion,
      target,
      baseline,
      seed,
      labels,
      isAa,
    },
    ...{ toolResults: header.toolResults, budget: header.budget, record: parts.record },
    ...{ judgment: whole, falseAlarms: parts.falseAlarms, stopped: parts.stopped },
    used: parts.used,
    maybeChargedTwice: attempts.filter((each) => each.maybeChargedTwice).length,
    messages: Object.fromEntries(
      attempts.flatMap(({ error }) => (error === null ? [] : [[error.code, error.message]])),
    ),
    next: parts.next,
    causes: causes.flatMap(({ cause, cases: _, ...rest }) => {
      const suite = suites.find((each) => each.suite.cause.id === cause);
      const own = results.filter((each) => each.suite === suite);
      return suite === undefined ? [] : [causeOf(suite, rest, own)];
    }),
    ...{ packSize: PACK, packs },
  };
}

const keyOf = ({ suite, judged }: CaseResult): string => `${suite.suite.cause.id} ${judged.id}`;

function causeOf(
  { suite, file, hash, payload, reused }: SelectedSuite,
  judgment: ReportedCause['judgment'],
  results: readonly CaseResult[],
): ReportedCause {
  const { id, title, category, layer, severity } = suite.cause;
  const { register, checks } = suite;
  const cases = new Map(suite.cases.map((each) => [each.id, each]));
  return {
    ...{ id, title, category, layer, severity, file, hash, register, checks, judgment },
    reused: reused.length,
    cases: results.map(({ judged, why }): ReportedCase => {
      const { trace, pick, proof, redaction, quarantined, hash: own } = cases.get(judged.id)!;
      const asked = payload.cases.get(own)!.messages.findLast(({ role }) => role === 'user');
      return {
        ...judged,
        ...{ trace, proof, redaction, why, input: (asked?.content ?? '').slice(0, INPUT) },
        ...(pick === undefined ? {} : { pick }),
        ...(quarantined === undefined ? {} : { quarantined }),
      };
    }),
  };
}

/** Every case with its attempts, the recorded one judged by the same checks. */
async function shownAttempts(
  { attempts, traces, services }: EvalReportParts,
  results: readonly CaseResult[],
  text: number,
): Promise<ReadonlyMap<string, CaseAttempts>> {
  const shown = new Map<string, { -readonly [Part in keyof CaseAttempts]: CaseAttempts[Part] }>();
  for (const each of results) {
    const { suite } = each;
    const one = suite.suite.cases.find(({ id }) => id === each.judged.id)!;
    const recorded = await recordedAttempt(suite, one, services(suite), text);
    shown.set(keyOf(each), { recorded, baseline: [], candidate: [] });
  }
  const said = new Map<string, ShownAttempt['conversation']>();
  for (const attempt of traces) {
    const { trace, checks } = attempt;
    if (trace !== null) said.set(attemptKey(attempt), conversationOf(trace, checks, text));
  }
  const last = new Map(attempts.map((each) => [attemptKey(each), each]));
  for (const [key, attempt] of last) {
    const entry = shown.get(`${attempt.cause} ${attempt.case}`);
    if (entry === undefined) continue;
    entry[attempt.arm] = [...entry[attempt.arm], { attempt, conversation: said.get(key) ?? null }];
  }
  for (const entry of shown.values())
    for (const arm of ['baseline', 'candidate'] as const)
      entry[arm] = entry[arm].toSorted((a, b) => a.attempt.repeat - b.attempt.repeat);
  return shown;
}

async function recordedAttempt(
  suite: SelectedSuite,
  one: SuiteCase,
  services: CheckServices,
  text: number,
): Promise<ShownAttempt> {
  const { recorded } = suite.payload.cases.get(one.hash)!;
  const { checks, causes } = await judgedOrNothing(suite, one, recorded, services);
  return {
    attempt: {
      ...{ repeat: 0, status: 'completed', error: null, cached: false, isLive: true, replay: null },
      ...{ checks, causes, tries: 0, maybeChargedTwice: false },
      usage: { calls: 0, tokens: null, dollars: null, latencyMs: null },
    },
    conversation: conversationOf(recorded, checks, text),
  };
}

/** A check that cannot be asked says nothing about what was recorded; the run has said so before. */
const judgedOrNothing = (
  ...given: Parameters<typeof judgeAttempt>
): Promise<{ readonly checks: readonly CheckRecord[]; readonly causes: readonly string[] }> =>
  judgeAttempt(...given).catch(() => ({ checks: [], causes: [] }));

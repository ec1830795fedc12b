import type { CasePayload } from '../../contract/case-payload.ts';
import type { CheckUse } from '../../contract/check-use.ts';
import { SUITE_VERSION, type Suite, type SuiteCase } from '../../contract/suite.ts';
import type { Message, Trace } from '../../contract/trace.ts';
import { firstPass } from '../../detect/detect.ts';
import { optionsOf } from '../checks/subject.ts';
import { prepareCheck } from '../checks/use-check.ts';
import { casePayloadOf } from '../promote/case-payload-of.ts';
import { type ProofParts, prove } from '../promote/prove.ts';
import { payloadText } from '../suite/payload.ts';
import type { ReadSuite } from '../suite/read-suites.ts';
import { contentHash } from '../suite/suite-hash.ts';
import { suiteName } from '../suite/suite-name.ts';
import { suiteText, withCases } from '../suite/suite-text.ts';
import type { Loss } from './exported.ts';
import { type Incoming, type IncomingCase, plainMessage } from './incoming.ts';

export interface ImportInput {
  readonly incoming: Incoming;
  /** Name of the imported file, without its folder. */
  readonly name: string;
  readonly added: SuiteCase['added'];
  readonly toolVersion: string;
  readonly redaction: SuiteCase['redaction'];
  /** Takes personal data and secrets out of plain data. */
  readonly redact: <Value>(value: Value) => Value;
  /** Suites that are there already; new cases go to the one that came from this file before. */
  readonly suites: readonly ReadSuite[];
}

export interface Imported {
  readonly suite: Suite;
  /** Path of the suite that was extended, or the name of the new file. */
  readonly file: string;
  readonly yaml: string;
  readonly payload: string;
  readonly added: readonly SuiteCase[];
  readonly losses: readonly Loss[];
}

/** Every case has to end with an answer; its own checks come on top. */
const SHARED: readonly CheckUse[] = [
  { check: 'answered', why: 'Imported cases have checks of their own besides.' },
];
const REPEATS = 5;
const SMALLEST_EFFECT = 0.5;
const STEPS = 50;

/**
 * A suite of imported cases. A case whose recorded answer was bad becomes a guard, one whose answer was good a control;
 * one without an answer a guard that is unproven until it has run. An answer that does not prove its case under the
 * checks that could be imported is left out and named; the case stays. A case is left out and named where redaction
 * would take what its answers are compared with.
 */
export async function importSuite({
  incoming,
  name,
  added,
  toolVersion,
  redaction,
  redact,
  suites,
}: ImportInput): Promise<Imported> {
  const id = `import-${contentHash(name).slice(0, 8)}`;
  const existing = suites.find(({ suite }) => suite.cause.id === id) ?? null;
  const parts: ProofParts = {
    file: firstPass(optionsOf([], STEPS, null)).finish(),
    options: optionsOf([], STEPS, null),
    services: { judge: null, script: null },
  };
  const losses: Loss[] = [...incoming.losses];
  const known = new Set(existing?.suite.cases.map(({ hash }) => hash));
  const payloads = new Map<string, CasePayload>();
  const cases: SuiteCase[] = [];
  for (const given of incoming.cases) {
    const each = { ...redact(given), checks: given.checks, reference: given.reference };
    if (changes(redact, [each.checks, each.reference])) {
      const what = `left out: redaction (${redaction}) would take what its answers are compared with`;
      losses.push({ case: each.name, check: null, what });
      continue;
    }
    const made = await caseOf(each, existing?.suite.checks ?? SHARED, parts, {
      ...{ added, redaction },
    });
    if (made.why !== null) losses.push({ case: each.name, check: null, what: made.why });
    if (known.has(made.payload.hash)) continue;
    known.add(made.payload.hash);
    payloads.set(made.payload.hash, made.payload);
    cases.push(made.entry);
  }
  const title = `Imported from ${name}`;
  const base = suiteName(name, id);
  const suite: Suite =
    existing === null
      ? {
          version: SUITE_VERSION,
          cause: {
            ...{ id, title, category: 'imported', layer: 'unknown', severity: 3 },
            ...{ fingerprint: [], condition: null, taxonomy: contentHash([]) },
          },
          labels: ['ci'],
          source: { files: [name], toolVersion, seed: 0 },
          payload: suites.some((other) => other.suite.payload === `${base}.jsonl`)
            ? `${base}-${id}.jsonl`
            : `${base}.jsonl`,
          register: { metric: 'pass_rate', smallestEffect: SMALLEST_EFFECT, repeats: REPEATS },
          proofBudget: { rateBefore: 0, exposures: null },
          checks: SHARED,
          cases,
        }
      : { ...existing.suite, cases: [...existing.suite.cases, ...cases] };
  return {
    suite,
    file: existing?.file ?? `${suite.payload.slice(0, -'.jsonl'.length)}.yaml`,
    yaml: existing === null ? suiteText(suite) : withCases(existing.located, cases),
    payload: payloadText({
      source: existing?.payload.source ?? {
        kind: 'source',
        ...{ facts: parts.file, scores: [], stepBudget: STEPS, policy: null },
      },
      cases: new Map([...(existing?.payload.cases ?? []), ...payloads]),
    }),
    added: cases,
    losses,
  };
}

/** Whether redaction changes the value. */
const changes = (redact: ImportInput['redact'], value: unknown): boolean =>
  JSON.stringify(redact(value)) !== JSON.stringify(value);

async function caseOf(
  given: IncomingCase,
  shared: readonly CheckUse[],
  parts: ProofParts,
  noted: Pick<SuiteCase, 'added' | 'redaction'>,
): Promise<{
  readonly entry: SuiteCase;
  readonly payload: CasePayload;
  readonly why: string | null;
}> {
  const { messages, answer, passed, reference, checks } = given;
  const uses = [...shared, ...checks].map(prepareCheck);
  const role = answer !== null && passed === true ? 'control' : 'guard';
  const recorded = traceOf(messages, answer);
  const entry = (trace: Trace, as: SuiteCase['role'], proof: SuiteCase['proof']) => {
    const payload = casePayloadOf(trace, [], parts.options);
    return {
      payload,
      entry: {
        id: `${as}-${payload.hash.slice(0, 8)}`,
        role: as,
        input: trace.input.replace(/\s+/g, ' ').slice(0, 120),
        trace: given.name,
        hash: payload.hash,
        redaction: noted.redaction,
        ...(reference !== null && { reference }),
        ...(checks.length > 0 && { checks }),
        proof,
        added: noted.added,
      },
    };
  };
  if (answer === null) return { ...entry(recorded, 'guard', 'unproven'), why: null };
  const proven = await prove(recorded, role, uses, parts, reference);
  if (proven.broken === null) return { ...entry(recorded, role, proven.proof), why: null };
  // Nothing said whether the answer was good, and the checks say that it is.
  const asControl =
    passed === null ? await prove(recorded, 'control', uses, parts, reference) : null;
  if (asControl?.broken === null && checks.length > 0)
    return { ...entry(recorded, 'control', asControl.proof), why: null };
  return {
    ...entry(traceOf(messages, null), 'guard', 'unproven'),
    why: `its recorded answer is left out, as it does not prove the case: ${proven.broken}`,
  };
}

/** The conversation as a trace, with the answer where there is one. */
function traceOf(messages: readonly Message[], answer: string | null): Trace {
  const request = messages.findLast(({ role }) => role === 'user')?.content ?? '';
  const all = answer === null ? messages : [...messages, plainMessage('assistant', answer)];
  return {
    id: contentHash(all),
    ...{ name: null, project: null, tenant: null, user: null, session: null, environment: null },
    ...{ release: null, promptName: null, promptVersion: null, model: null, provider: null },
    ...{ tags: [], metadata: {}, startTime: null, endTime: null, status: 'unset', error: null },
    input: request,
    output: answer ?? '',
    messages: all,
    ...{ tools: [], documents: [], scores: [], spans: [] },
    usage: {
      ...{ inputTokens: null, outputTokens: null, cachedTokens: null, reasoningTokens: null },
      cost: null,
    },
    gaps: answer === null ? [{ kind: 'no_output', spanId: null, detail: '' }] : [],
    origin: { file: '', format: 'import', line: null },
  };
}

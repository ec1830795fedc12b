import type { CasePayload } from '../../contract/case-payload.ts';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { Failure } from '../../contract/failure.ts';
import type { CaseRole, SuiteCase } from '../../contract/suite.ts';
import type { Trace } from '../../contract/trace.ts';
import type { PreparedCheck } from '../checks/use-check.ts';
import { casePayloadOf } from './case-payload-of.ts';
import type { Candidate } from './choose-cases.ts';
import { type ProofParts, prove } from './prove.ts';

/** A trace that proves nothing, and why. */
export interface BrokenCase {
  readonly trace: string;
  readonly role: CaseRole;
  readonly why: string;
}

interface BuilderParts {
  /** Cases that are there already. */
  readonly old: readonly SuiteCase[];
  readonly members: readonly Failure[];
  readonly checks: readonly PreparedCheck[];
  readonly proof: ProofParts;
  readonly redaction: SuiteCase['redaction'];
  readonly redact: (trace: Trace) => Trace;
  readonly added: SuiteCase['added'];
}

/** Proves candidates one after the other and keeps those that hold. */
export class CaseBuilder {
  readonly cases: SuiteCase[] = [];
  readonly payloads = new Map<string, CasePayload>();
  readonly broken: BrokenCase[] = [];
  /** Traces that would prove something if they were not redacted. */
  destroyed = 0;
  readonly #parts: BuilderParts;
  readonly #taken: Set<string>;

  constructor(parts: BuilderParts) {
    this.#parts = parts;
    this.#taken = new Set(parts.old.flatMap(({ trace, hash }) => [trace, hash]));
  }

  /** Adds candidates of a role in order until there are as many as wanted, those of the existing suite included. */
  async fill(role: CaseRole, candidates: readonly Candidate[], wanted: number): Promise<void> {
    let have = this.#parts.old.filter((each) => isOpen(each, role)).length;
    for (const candidate of candidates) {
      if (have >= wanted) return;
      if (this.#taken.has(candidate.trace.id)) continue;
      if (await this.#add(role, candidate)) have += 1;
    }
  }

  async #add(role: CaseRole, { trace, pick }: Candidate): Promise<boolean> {
    this.#taken.add(trace.id);
    const { members, checks, proof: how, redaction, redact, added } = this.#parts;
    const shown = redact(trace);
    const proof = await prove(trace, role, checks, how);
    const why = proof.broken ?? (await this.#destroyed(shown, trace, role));
    if (proof.broken !== null || why !== null) {
      if (pick === 'chosen') throw notAGuard(trace.id, why);
      this.broken.push({ trace: trace.id, role, why: why ?? '' });
      return false;
    }
    const failure = members.find((each) => each.trace === trace);
    const payload = casePayloadOf(shown, failure?.cause?.evidence ?? [], how.options);
    if (this.#taken.has(payload.hash)) return false;
    this.#taken.add(payload.hash);
    this.payloads.set(payload.hash, payload);
    const { rootSpanId = null } = failure ?? {};
    this.cases.push({
      id: `${role}-${payload.hash.slice(0, 8)}`,
      role,
      pick,
      input: shown.input.slice(0, SUMMARY).replaceAll(/\s+/g, ' ').trim(),
      trace: trace.id,
      ...(rootSpanId !== null && { spans: [rootSpanId] }),
      hash: payload.hash,
      redaction,
      proof: proof.proof,
      added,
    });
    return true;
  }

  /** A value that a check depends on is never silently destroyed: what redaction takes from the proof; null for nothing. */
  async #destroyed(shown: Trace, trace: Trace, role: CaseRole): Promise<string | null> {
    if (shown === trace) return null;
    const { checks, proof, redaction } = this.#parts;
    const { broken } = await prove(shown, role, checks, proof);
    if (broken === null) return null;
    this.destroyed += 1;
    return `redaction (${redaction}) would take what the checks depend on: then ${broken}`;
  }
}

const SUMMARY = 120;

/** A case of the role that is neither retired nor spent. */
export const isOpen = ({ role, retired, spent }: SuiteCase, wanted: CaseRole): boolean =>
  role === wanted && retired === undefined && spent === undefined;

const notAGuard = (trace: string, why: string | null): CulpritError =>
  new CulpritError('invalid_option', `pick: ${trace} cannot be a guard: ${why}`, {
    option: 'pick',
  });

import { CulpritError } from '../../contract/culprit-error.ts';
import type { Evidence, Statement } from '../../contract/signal.ts';
import type { Tier } from '../../contract/tier.ts';
import type { Document, Message, Span, ToolDefinition, Trace } from '../../contract/trace.ts';
import { sentence } from '../../text/statement.ts';
import { inContext, quote } from '../evidence.ts';
import { explainingFirst } from '../explaining-first.ts';
import { Finding } from '../finding.ts';
import type { PolicyMatcher, RequestRisk } from '../policy/matcher.ts';
import type { Hit } from '../policy/tokens.ts';
import { type CallSite, callsOf, lastSuccesses } from './calls.ts';
import { answerSpan } from './last-answer.ts';
import type { DetectOptions } from './options.ts';
import { questionCoverage } from './question-coverage.ts';
import { type Refusal, refusalOf } from './refusal/refusal.ts';
import { type Request, singleRequest } from './request.ts';
import { asksFromPassage, type Context, contextOf } from './sources.ts';
import { type ToolStems, toolStems } from './tool-fit.ts';

/** What a detector says of a trace; a quote that is not there verbatim is null and left out. */
export interface Claim {
  /** Default: the detector's own; null for a filter. */
  readonly category?: string | null;
  /** Default: the detector's own. A weaker one for what the detector is less sure of. */
  readonly tier?: Tier;
  /** What kind of failure, most general first, values masked. Empty parts are left out. */
  readonly cause: readonly string[];
  /** One sentence without the final period. Plain text names nothing that differs between traces. */
  readonly statement: Statement | string;
  /** Most convincing first. */
  readonly evidence: readonly (Evidence | null)[];
  /** 0 to 1. Default 0.8. */
  readonly confidence?: number;
  /** Default: the span of the first quote. */
  readonly spanId?: string | null;
}

/** One trace and the facts that detectors read from it, each made once and only when asked for. */
export class Run {
  readonly trace: Trace;
  readonly options: DetectOptions;
  /** Findings that were dropped because none of their quotes is in the trace. */
  dropped = 0;
  #calls: readonly CallSite[] | undefined;
  #lastSuccesses: ReadonlyMap<string, number> | undefined;
  #toolStems: Map<ToolDefinition, ToolStems> | undefined;
  #request: Request | null | undefined;
  #sources: Context | null | undefined;
  #refusal: Refusal | null | undefined;
  #risk: RequestRisk | undefined;
  #answerSpan: string | null | undefined;
  #coverage: number | null | undefined;
  readonly #once = new Map<(run: Run) => unknown, unknown>();

  constructor(trace: Trace, options: DetectOptions) {
    this.trace = trace;
    this.options = options;
  }

  /** What `read` gives for this run, computed once. */
  once<Value>(read: (run: Run) => Value): Value {
    const known = this.#once.get(read);
    if (known !== undefined || this.#once.has(read)) return known as Value;
    const value = read(this);
    this.#once.set(read, value);
    return value;
  }

  get input(): string {
    return this.trace.input;
  }
  get output(): string {
    return this.trace.output;
  }
  get messages(): readonly Message[] {
    return this.trace.messages;
  }
  get tools(): readonly ToolDefinition[] {
    return this.trace.tools;
  }
  get documents(): readonly Document[] {
    return this.trace.documents;
  }
  get spans(): readonly Span[] {
    return this.trace.spans;
  }
  get policy(): PolicyMatcher {
    return this.options.policy;
  }

  /** Every tool call in order, with the offered tool that it names and what came back. */
  get calls(): readonly CallSite[] {
    this.#calls ??= callsOf(this.trace);
    return this.#calls;
  }

  /** Whether the tool of a call succeeded later in the run: what went wrong with the call was corrected. */
  succeedsLater({ call, at }: CallSite): boolean {
    this.#lastSuccesses ??= lastSuccesses(this.calls);
    return (this.#lastSuccesses.get(call.name) ?? -1) > at;
  }

  /** The content words of an offered tool, as stems. */
  toolStems(tool: ToolDefinition): ToolStems {
    this.#toolStems ??= new Map();
    const known = this.#toolStems.get(tool);
    if (known !== undefined) return known;
    const stems = toolStems(tool);
    this.#toolStems.set(tool, stems);
    return stems;
  }

  /** The one request that all calls answer at once; null for conversations and for agents that look around first. */
  get request(): Request | null {
    if (this.#request === undefined) this.#request = singleRequest(this.trace, this.calls);
    return this.#request;
  }

  /** What the answer may be based on; null when nothing was given. */
  get sources(): Context | null {
    if (this.#sources === undefined) this.#sources = contextOf(this.trace);
    return this.#sources;
  }

  /** How the final answer refuses; null when it does not. */
  get refusal(): Refusal | null {
    if (this.#refusal === undefined) this.#refusal = refusalOf(this.trace.output);
    return this.#refusal;
  }

  /** What the policy says about the request. */
  get risk(): RequestRisk {
    this.#risk ??= this.policy.classify(this.trace.input);
    return this.#risk;
  }

  /** The policy category of the request, null when it falls under none. A passage handed over is not the request. */
  get harm(): Hit | null {
    return asksFromPassage(this.trace.input) ? null : this.policy.match(this.trace.input);
  }

  /** The span that recorded the final answer, null when unknown. */
  get answerSpan(): string | null {
    if (this.#answerSpan === undefined) this.#answerSpan = answerSpan(this.trace);
    return this.#answerSpan;
  }

  /** Share of the question's content words that the retrieved passages contain, 0 to 1; null without either. */
  get coverage(): number | null {
    if (this.#coverage === undefined) this.#coverage = questionCoverage(this.trace);
    return this.#coverage;
  }

  /**
   * Evidence for `text` at `path` (JSON Pointer into the trace), or null when the text is not there verbatim.
   * A word is quoted with the field or the sentence around it.
   */
  quote(path: string, text: string, spanId: string | null = null): Evidence | null {
    const found = quote(this.trace, path, text, spanId);
    return found === null ? null : inContext(this.trace, found);
  }

  /**
   * The finding, or null when none of its evidence could be quoted.
   * @throws CulpritError `invalid_input` for a claim without evidence.
   */
  finding(claim: Claim): Finding | null {
    const { evidence } = claim;
    if (!Array.isArray(evidence) || evidence.length === 0) throw withoutEvidence();
    const [first, ...more] = claim.evidence.filter((item) => item !== null);
    const found = first === undefined ? null : this.#quoting(first, more, claim);
    if (found === null) this.dropped += 1;
    return found;
  }

  #quoting(
    first: Evidence,
    more: readonly Evidence[],
    { cause, statement, confidence = 0.8, ...claim }: Claim,
  ): Finding | null {
    return Finding.of(this.trace, {
      ...(claim.category !== undefined && { category: claim.category }),
      ...(claim.tier !== undefined && { tier: claim.tier }),
      cause: cause.filter((part) => part !== ''),
      statement: typeof statement === 'string' ? sentence(statement) : statement,
      confidence,
      spanId: claim.spanId === undefined ? first.spanId : claim.spanId,
      evidence: explainingFirst(first, ...more),
    });
  }
}

const withoutEvidence = (): CulpritError =>
  new CulpritError(
    'invalid_input',
    'run.finding needs evidence: pass at least one quote, made with run.quote(path, text)',
  );

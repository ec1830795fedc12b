import type { Evidence, Statement } from '../contract/signal.ts';
import type { Tier } from '../contract/tier.ts';
import type { Trace } from '../contract/trace.ts';
import { isVerbatim } from './evidence.ts';

interface FindingParts {
  /** Default: the detector's own. */
  readonly category?: string | null;
  /** Default: that of the category. */
  readonly tier?: Tier;
  readonly cause: readonly string[];
  readonly statement: Statement;
  readonly confidence: number;
  readonly spanId: string | null;
  readonly evidence: readonly [Evidence, ...Evidence[]];
}

/**
 * What a detector found in a trace, with quotes that are there verbatim. `run.finding` makes it; the
 * detector's id, tier and category are added to it afterward.
 */
export class Finding implements FindingParts {
  readonly category?: string | null;
  readonly tier?: Tier;
  readonly cause: readonly string[];
  readonly statement: Statement;
  readonly confidence: number;
  readonly spanId: string | null;
  readonly evidence: readonly [Evidence, ...Evidence[]];
  /** No object built by hand has it. */
  readonly #isQuoted = true;

  private constructor(parts: FindingParts) {
    if (parts.category !== undefined) this.category = parts.category;
    if (parts.tier !== undefined) this.tier = parts.tier;
    this.cause = parts.cause;
    this.statement = parts.statement;
    this.confidence = parts.confidence;
    this.spanId = parts.spanId;
    this.evidence = parts.evidence;
  }

  /** The finding, or null when one of its quotes is not in the trace. */
  static of(trace: Trace, parts: FindingParts): Finding | null {
    return parts.evidence.every((each) => isVerbatim(trace, each)) ? new Finding(parts) : null;
  }

  static is(value: unknown): value is Finding {
    return typeof value === 'object' && value !== null && #isQuoted in value;
  }
}

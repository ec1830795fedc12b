export type Verdict = 'yes' | 'no' | 'unknown';

/**
 * A verbatim piece of a trace. `path` is a JSON Pointer (RFC 6901) into the canonical Trace, for
 * example `/messages/3/toolCalls/0/arguments/order_id`; `quote` occurs in the value found there
 * (strings as they are, other values as compact JSON). Quotes hold at most 400 characters.
 */
export interface Evidence {
  readonly spanId: string | null;
  readonly path: string;
  readonly quote: string;
}

/**
 * One reason to call a trace failed, three-valued.
 * `detector` names who says it; `category` is the taxonomy id it points to, null where the signal
 * says that the trace failed but not why (a low score, a thumbs-down).
 */
export interface Signal {
  readonly detector: string;
  readonly verdict: Verdict;
  readonly category: string | null;
  /** 0 to 1; 1 for what code can prove. */
  readonly confidence: number;
  /** The first span that went wrong as far as this signal knows. */
  readonly spanId: string | null;
  /** What happened, one sentence without the final stop. May name tools and fields, never users' values. */
  readonly summary: string;
  /** Normalised key, ids and values masked: the same cause in two traces gives the same key. */
  readonly fingerprint: string;
  readonly evidence: readonly Evidence[];
}

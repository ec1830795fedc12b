import type { Origin, Score, Trace } from '../../contract/trace.ts';
import { identifier } from '../json/identifier.ts';
import type { RawScore } from '../record.ts';
import { withSentiment } from './score-sentiment.ts';

/**
 * Scores waiting for what they are about, found by trace, session, response or span id. Each stays until the
 * end, for a session may have many traces.
 */
export interface PendingScores {
  add(raw: RawScore, origin: Origin): void;
  /** The scores about a trace; `responses` maps each response id to its span. */
  about(trace: Trace, responses: ReadonlyMap<string, string>): readonly Score[];
  /** Takes out the scores that were about no trace, in order of arrival. */
  unmatched(): readonly Pending[];
}

interface Pending {
  readonly raw: RawScore;
  readonly origin: Origin;
  matched: boolean;
}

export function pendingScores(): PendingScores {
  let all: Pending[] = [];
  const byKey = new Map<string, Pending[]>();

  const index = (key: string, pending: Pending) => {
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [pending]);
    else known.push(pending);
  };

  return {
    add(raw, origin) {
      const pending: Pending = { raw, origin, matched: false };
      all.push(pending);
      const { traceId, sessionId, responseId, score } = raw;
      if (traceId !== null) index(`trace ${traceId}`, pending);
      if (sessionId !== null) index(`session ${sessionId}`, pending);
      if (responseId !== null) index(`response ${responseId}`, pending);
      // A span id alone: within a known trace the trace id decides.
      if (traceId === null && score.spanId !== null) index(`span ${score.spanId}`, pending);
    },
    about(trace, responses) {
      if (byKey.size === 0) return NONE;
      const found = new Map<Pending, string | null>();
      const take = (key: string, spanId: string | null) => {
        for (const pending of byKey.get(key) ?? []) {
          if (!found.has(pending)) found.set(pending, spanId);
        }
      };
      for (const [responseId, spanId] of responses) take(`response ${responseId}`, spanId);
      take(`trace ${trace.id}`, null);
      // Rows keep their ids as written, scores have them in the one spelling.
      take(`trace ${identifier(trace.id, 16)}`, null);
      if (trace.session !== null) take(`session ${trace.session}`, null);
      for (const span of trace.spans) take(`span ${span.id}`, span.id);
      if (found.size === 0) return NONE;
      return [...found].map(([pending, spanId]) => {
        pending.matched = true;
        const { score } = pending.raw;
        return withSentiment({ ...score, spanId: score.spanId ?? spanId });
      });
    },
    unmatched() {
      const left = all.filter((pending) => !pending.matched);
      all = [];
      byKey.clear();
      return left;
    },
  };
}

const NONE: readonly Score[] = [];

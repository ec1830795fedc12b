import type { Signal } from '../../../contract/signal.ts';
import type { Trace } from '../../../contract/trace.ts';
import { fingerprint, maskedKey } from '../../../text/mask.ts';
import type { Detector } from '../../detector.ts';
import { pointer, quote } from '../../evidence.ts';
import { infrastructureKind, looksLikeError } from '../../run/infrastructure.ts';
import { answerSpan } from '../../run/last-answer.ts';
import { saysNo, saysUnknown } from '../../verdict.ts';

const ID = 'infrastructure_error';
const NO = saysNo(ID);
const NOTHING = saysUnknown(ID, 'no status, error or tool result recorded');

/**
 * The plumbing failed and the run did not get over it: authentication, not found, rate limit, quota,
 * timeout, overload, 5xx, connection. Looked for in errors, in tool results that are errors (a later success
 * of the same tool or model clears both), and in an answer that is nothing but an error message.
 */
export const infrastructureError: Detector = {
  id: ID,
  detect(trace) {
    const found = new Map<string, Signal>();
    let looked = trace.status !== 'unset';
    let spanSuccess: ReadonlyMap<string, number> | undefined;
    let toolSuccess: ReadonlyMap<string, number> | undefined;
    if (trace.error !== null) {
      looked = true;
      const { type, message, spanId } = trace.error;
      add(found, trace, '/error/message', message, '', spanId);
      if (found.size === 0) add(found, trace, '/error/type', type, '', spanId);
    }
    if (trace.output.length < LONGEST_ERROR && ERROR_ANSWER.test(trace.output)) {
      looked = true;
      add(found, trace, '/output', trace.output, '', answerSpan(trace), 'error as answer');
    }
    for (const [index, span] of trace.spans.entries()) {
      looked = true;
      if (span.error === null) continue;
      spanSuccess ??= lastSpanSuccess(trace);
      if ((spanSuccess.get(`${span.kind} ${span.name}`) ?? -1) > index) continue;
      const name = span.kind === 'tool' ? (span.toolCall?.name ?? span.name) : '';
      add(
        found,
        trace,
        pointer('spans', index, 'error', 'message'),
        span.error.message,
        name,
        span.id,
      );
    }
    for (const [index, message] of trace.messages.entries()) {
      if (message.role !== 'tool') continue;
      looked = true;
      if (!looksLikeError(message.content)) continue;
      toolSuccess ??= lastToolSuccess(trace);
      if ((toolSuccess.get(message.name ?? '') ?? -1) > index) continue;
      const path = pointer('messages', index, 'content');
      add(found, trace, path, message.content, message.name ?? '', message.spanId);
    }
    if (found.size > 0) return [...found.values()];
    return looked ? NO : NOTHING;
  },
};

function add(
  found: Map<string, Signal>,
  trace: Trace,
  path: string,
  text: string,
  tool: string,
  spanId: string | null,
  otherwise?: string,
): void {
  const error =
    infrastructureKind(text) ?? (otherwise === undefined ? null : { kind: otherwise, text });
  if (error === null) return;
  if (found.has(error.kind)) return;
  const evidence = quote(trace, path, lineAround(text, error.text), spanId);
  if (evidence === null) return;
  found.set(error.kind, {
    detector: ID,
    verdict: 'yes',
    category: ID,
    confidence: 0.9,
    spanId,
    summary: `${tool === '' ? 'A call' : `Tool \`${tool}\``} failed: ${SUMMARY[error.kind] ?? error.kind}`,
    fingerprint: fingerprint(ID, error.kind, maskedKey(tool, 60)),
    evidence: [evidence],
  });
}

const SUMMARY: Readonly<Record<string, string>> = {
  '429': 'rate limit reached',
  quota: 'quota used up',
  auth: 'not authorised',
  timeout: 'timed out',
  overloaded: 'service unavailable',
  '5xx': 'server error',
  connection: 'no connection',
  not_found: 'resource not found',
  resources: 'out of memory or disk',
  'error as answer': 'the answer is an error message',
};

/** An answer of this kind is no longer than that. */
const LONGEST_ERROR = 600;
/** The message of a service that was handed on as the answer. */
const ERROR_ANSWER =
  /^\W{0,6}(?:(?:an? )?(?:internal|unexpected|unknown|server|upstream)(?: server)? error\b|an error (?:has )?occurred\b|error code: [45]\d\d|invalid json payload|(?:the )?request (?:failed|timed out|was (?:blocked|rejected))|rate limit (?:reached|exceeded)|too many requests|service (?:is )?(?:temporarily )?unavailable|bad gateway|gateway time-?out|\{\s{0,5}"error"\s{0,3}:(?!\s{0,3}(?:null|false|""|\[\]|\{\}|0\b)))/i;

/** Position of the last success by name, so that an error before it counts as got over. */
function lastSpanSuccess(trace: Trace): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const [index, span] of trace.spans.entries()) {
    if (span.error === null && span.status !== 'error')
      last.set(`${span.kind} ${span.name}`, index);
  }
  return last;
}

function lastToolSuccess(trace: Trace): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const [index, message] of trace.messages.entries()) {
    if (message.role === 'tool' && message.name !== null && !looksLikeError(message.content)) {
      last.set(message.name, index);
    }
  }
  return last;
}

const lineAround = (text: string, match: string): string => {
  const at = text.indexOf(match);
  const start = text.lastIndexOf('\n', at) + 1;
  const end = text.indexOf('\n', at + match.length);
  const from = Math.max(start, at - 120);
  return text.slice(from, Math.min(end === -1 ? text.length : end, from + 300)).trim() || match;
};

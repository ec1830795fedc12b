import type { ReportTrace } from '../../../contract/report.ts';
import type { Evidence } from '../../../contract/signal.ts';
import { evidenceOf, type ReportModel } from './report-model.ts';

/** Where a piece of evidence appears in the conversation; `elsewhere` is listed separately. */
export type EvidencePlace =
  | { readonly kind: 'content'; readonly message: number }
  | {
      readonly kind: 'call';
      readonly message: number;
      readonly call: number;
      /** Path within the call: `['name']`, `['arguments', 'order_id']`. */
      readonly keys: readonly string[];
    }
  | { readonly kind: 'elsewhere' };

export interface PlacedEvidence {
  readonly evidence: Evidence;
  readonly place: EvidencePlace;
}

/** Finds the place of each piece of evidence. */
export const placeEvidence = (trace: ReportTrace, all: readonly Evidence[]): PlacedEvidence[] =>
  all.map((evidence) => ({ evidence, place: placeOf(trace, evidence) }));

/** All evidence of a trace, each once, in the order of the conversation: the number of a piece is its position. */
export function numberedEvidence(model: ReportModel, traceId: string): Evidence[] {
  const unique = new Map(
    evidenceOf(model, traceId).map((evidence) => [`${evidence.path}\n${evidence.quote}`, evidence]),
  );
  return [...unique.values()]
    .map((evidence, at) => ({ evidence, at, message: messageOf(evidence.path) }))
    .sort((a, b) => a.message - b.message || a.at - b.at)
    .map(({ evidence }) => evidence);
}

/** Evidence outside of messages comes last. */
function messageOf(path: string): number {
  const [head, index] = pointerKeys(path);
  return head === 'messages' ? Number(index) : Number.MAX_SAFE_INTEGER;
}

/** RFC 6901: `/a~1b/0` → `['a/b', '0']`. */
export function pointerKeys(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function placeOf(trace: ReportTrace, evidence: Evidence): EvidencePlace {
  const [head, index, part, call, ...keys] = pointerKeys(evidence.path);
  if (head === 'input') return lastMessage(trace, 'user', evidence.quote);
  if (head === 'output') return lastMessage(trace, 'assistant', evidence.quote);
  if (head !== 'messages') return ELSEWHERE;
  const at = Number(index);
  const message = trace.messages.find((candidate) => candidate.index === at);
  if (message === undefined) return ELSEWHERE;
  if (part === 'toolCalls' && message.toolCalls[Number(call)] !== undefined) {
    return { kind: 'call', message: at, call: Number(call), keys };
  }
  const inContent = (part === undefined || part === 'content') && evidence.quote !== '';
  return inContent && message.content.includes(evidence.quote)
    ? { kind: 'content', message: at }
    : ELSEWHERE;
}

function lastMessage(trace: ReportTrace, role: 'user' | 'assistant', quote: string): EvidencePlace {
  const message = trace.messages.findLast(
    (candidate) => candidate.role === role && quote !== '' && candidate.content.includes(quote),
  );
  return message === undefined ? ELSEWHERE : { kind: 'content', message: message.index };
}

const ELSEWHERE: EvidencePlace = { kind: 'elsewhere' };

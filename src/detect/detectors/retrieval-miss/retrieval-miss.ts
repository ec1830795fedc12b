import type { Signal } from '../../../contract/signal.ts';
import type { Trace } from '../../../contract/trace.ts';
import { fingerprint } from '../../../text/mask.ts';
import type { Detector } from '../../detector.ts';
import { pointer, quote } from '../../evidence.ts';
import { answerSpan } from '../../run/last-answer.ts';
import { questionCoverage } from '../../run/question-coverage.ts';
import { refusalIn } from '../../run/refusal/trace-refusal.ts';
import { saysNo, saysUnknown } from '../../verdict.ts';
import { foundNothing } from './found-nothing.ts';

const ID = 'retrieval_miss';
const NO = saysNo(ID);
const NOT_RETRIEVED = saysUnknown(ID, 'nothing retrieved was recorded');

/**
 * What was retrieved could not answer: nothing came back, the same passage came back again and again,
 * the passages do not speak of what was asked, or the answer says that it found nothing in them. An
 * answer that could not be given because there was no access to any data has no category of its own.
 */
export const retrievalMiss: Detector = {
  id: ID,
  detect(trace) {
    const refusal = trace.output === '' ? null : refusalIn(trace);
    if (refusal?.kind === 'abstains' && foundNothing(trace.output, refusal.text)) {
      const coverage = questionCoverage(trace);
      if (coverage === null || coverage < COVERED) {
        const evidence = quote(trace, '/output', refusal.text, answerSpan(trace));
        if (evidence !== null) {
          return [
            yes(coverage === null ? 'answer-found-nothing' : 'passages-off-topic', evidence, 0.8),
          ];
        }
      }
    }
    if (
      refusal?.kind === 'capability' &&
      refusal.extent === 'full' &&
      !PERSONAL.test(refusal.text) &&
      NO_DATA.test(refusal.text)
    ) {
      const evidence = quote(trace, '/output', refusal.text, answerSpan(trace));
      if (evidence !== null && trace.documents.length === 0) {
        return [{ ...yes('no-data-access', evidence, 0.7), category: null }];
      }
    }
    const found = emptySearch(trace) ?? duplicates(trace);
    if (found !== null) return [found];
    return trace.documents.length > 0 || refusal !== null ? NO : NOT_RETRIEVED;
  },
};

/** Share of the question's words and names that passages must hold to count as being about it. */
const COVERED = 0.5;
const NO_DATA =
  /\b(?:real-?time|databases?|financial|up-to-date|current(?:ly)?|latest|live|filings?|reports?|browse|internet|specific (?:data|information))\b/i;
const PERSONAL = /\b(?:personal|private|privacy|opinions?|feelings)\b/i;

/** A retrieval span or a search tool whose last word was that there is nothing, and the user was not asked what to do. */
function emptySearch(trace: Trace): Signal | null {
  if (trace.documents.length > 0 || ASKS_BACK.test(trace.output)) return null;
  for (const [index, span] of trace.spans.entries()) {
    if (span.kind !== 'retrieval' || span.documents.length > 0 || !NOTHING.test(span.output.trim()))
      continue;
    const evidence =
      quote(trace, pointer('spans', index, 'output'), span.output, span.id) ??
      quote(trace, pointer('spans', index, 'input'), span.input, span.id) ??
      quote(trace, pointer('spans', index, 'name'), span.name, span.id);
    if (evidence !== null) return yes('empty', evidence, 0.85);
  }
  let last: Signal | null = null;
  for (const [index, message] of trace.messages.entries()) {
    if (message.role !== 'tool' || message.name === null || !SEARCHES.test(message.name)) continue;
    if (!NOTHING.test(message.content.slice(0, 200).trim())) {
      last = null;
      continue;
    }
    const evidence = quote(
      trace,
      pointer('messages', index, 'content'),
      message.content,
      message.spanId,
    );
    last = evidence === null ? null : yes('empty', evidence, 0.75);
  }
  return last;
}

const ASKS_BACK = /[?？]\s*$/;
const SEARCHES = /(?:^|_|\b)(?:search|retriev|query|lookup|find|knowledge|kb|rag|docs?)/i;
const NOTHING =
  /^(?:\[\]|\{\}|null|none|""|\{"(?:results|documents|hits|matches|items)":\s?\[\]\}|(?:sorry, )?no (?:relevant |matching |search )?(?:results?|documents?|matches|records?|entries|passages)(?: (?:was|were|have been|could be))?(?: found)?\b.{0,80})$/i;

/** Most of the passages say the same. */
function duplicates(trace: Trace): Signal | null {
  const { documents } = trace;
  if (documents.length < 3) return null;
  const seen = new Map<string, number>();
  let repeated = 0;
  let at = -1;
  for (const [index, document] of documents.entries()) {
    const key = document.content.replace(/\s+/g, ' ').trim();
    if (key === '') continue;
    if (seen.has(key)) {
      repeated++;
      at = index;
    } else seen.set(key, index);
  }
  if (at === -1 || repeated * 2 < documents.length) return null;
  const document = documents[at];
  const evidence = quote(
    trace,
    pointer('documents', at, 'content'),
    document?.content ?? '',
    document?.spanId ?? null,
  );
  return evidence === null ? null : yes('duplicates', evidence, 0.6);
}

const yes = (
  kind: string,
  evidence: NonNullable<ReturnType<typeof quote>>,
  confidence: number,
): Signal => ({
  detector: ID,
  verdict: 'yes',
  category: ID,
  confidence,
  spanId: evidence.spanId,
  summary: SUMMARY[kind] ?? '',
  fingerprint: fingerprint(ID, kind),
  evidence: [evidence],
});

const SUMMARY: Readonly<Record<string, string>> = {
  empty: 'The search returned nothing',
  duplicates: 'Most retrieved passages are the same',
  'answer-found-nothing': 'The answer says that the context does not hold what was asked',
  'passages-off-topic': 'The answer found nothing, and the passages do not speak of what was asked',
  'no-data-access': 'The answer says that it has no access to the data it needs',
};

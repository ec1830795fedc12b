import type { Evidence } from '../../../contract/signal.ts';
import type { Tier } from '../../../contract/tier.ts';
import type { Document } from '../../../contract/trace.ts';
import { defineDetector, inconclusive, noFinding } from '../../define.ts';
import { pointer } from '../../evidence.ts';
import type { Finding } from '../../finding.ts';
import type { Run } from '../../run/run.ts';
import { foundNothing } from './found-nothing.ts';

const NOT_RETRIEVED = inconclusive('no retrieval recorded');

/**
 * Retrieval could not answer: nothing came back, the same passage came back again and again, or the answer says
 * that it found nothing in what it was given. An answer that lacked access to any data has no category of its own.
 */
export const retrievalMiss = defineDetector({
  id: 'retrieval_miss',
  tier: 'proven',
  finds:
    'a retrieval that returned nothing, passages that are mostly the same, or an answer that says that what it was given does not hold what was asked',
  category: {
    name: 'Retrieval miss',
    definition: 'Retrieval returns at least one passage that answers the question.',
    severity: 3,
    layer: 'retrieval',
    fixCost: 3,
    example: 'The retrieval returned nothing.',
  },
  detect(run) {
    const finding = admitted(run) ?? withoutAccess(run) ?? emptySearch(run) ?? duplicates(run);
    if (finding !== null) return finding;
    return run.documents.length > 0 || run.refusal !== null ? noFinding : NOT_RETRIEVED;
  },
});

/**
 * The answer says that what it was given does not hold what was asked. Something must have been given, on record or in
 * the answer's own words ("the provided context"): without, it is no matter of retrieval. Passages that address the
 * question are `refusal_over_trigger`; those that do not are only likely the cause, since words may differ.
 */
function admitted(run: Run): Finding | null {
  const { refusal } = run;
  if (refusal?.kind !== 'abstains' || !foundNothing(run.output, refusal.text)) return null;
  const evidence = run.quote('/output', refusal.text, run.answerSpan);
  const { coverage } = run;
  if (coverage !== null)
    return coverage >= COVERED || ASKS_EXISTENCE.test(run.input)
      ? null
      : miss(run, 'passages off topic', evidence, 0.7, 'likely');
  if (run.sources === null && (run.tools.length > 0 || !NAMES_CONTEXT.test(refusal.text)))
    return null;
  return miss(run, 'answer found nothing', evidence, 0.8);
}

/** Share of the question's words and names that the passages must contain to be about it. */
const COVERED = 0.5;
/** Where a question asks whether something exists, passages that do not mention it are an answer. */
const ASKS_EXISTENCE =
  /\b(?:is|are|was|were|has|have) there\b|\b(?:has|have|had|does|do|did|is|are|was|were)\b[^.?!\n]{0,80}\bany (?!(?:one|body|thing|where)\b)/i;

const NAMES_CONTEXT =
  /\b(?:provided|given|context|documents?|passages?|filings?|excerpts?|texts?|above|sources?|reports?|statements?|articles?|pages?|knowledge base)\b/i;

/**
 * The answer says that it lacks the data it needs. Where it says that it cannot reach it, the method or the list behind
 * those words is no answer either: whoever asks for a figure is not served by how to work it out.
 */
function withoutAccess(run: Run): Finding | null {
  const { refusal } = run;
  if (refusal?.kind !== 'capability') return null;
  if (refusal.extent === 'partial' && !NO_ACCESS.test(refusal.text)) return null;
  if (PERSONAL.test(refusal.text) || !NO_DATA.test(refusal.text)) return null;
  if (run.documents.length > 0 || run.tools.length > 0) return null;
  return run.finding({
    category: null,
    confidence: 0.7,
    statement: 'The answer says that it has no access to the data it needs',
    cause: ['no data access'],
    evidence: [run.quote('/output', refusal.text, run.answerSpan)],
  });
}

const NO_DATA =
  /\b(?:real-?time|databases?|financial|up-to-date|current(?:ly)?|latest|live|filings?|reports?|browse|internet|specific (?:data|information))\b/i;
const NO_ACCESS =
  /\b(?:access|retrieve|browse|look up|provide (?:(?:the|any|you with) )?(?:real-?time|current|exact|specific|latest))\b/i;
const PERSONAL = /\b(?:personal|private|privacy|opinions?|feelings)\b/i;

/** A retrieval span that returned nothing, and the answer did not ask the user. Search tools are `nothing_found`. */
function emptySearch(run: Run): Finding | null {
  const empty = run.documents.length > 0 ? null : emptySpan(run);
  return empty === null || ASKS_BACK.test(run.output) ? null : empty;
}

function emptySpan(run: Run): Finding | null {
  for (const [index, { kind, documents, output, input, name, id }] of run.spans.entries()) {
    if (kind !== 'retrieval' || documents.length > 0 || !NOTHING.test(output.trim())) continue;
    const evidence =
      run.quote(pointer('spans', index, 'output'), output, id) ??
      run.quote(pointer('spans', index, 'input'), input, id) ??
      run.quote(pointer('spans', index, 'name'), name, id);
    if (evidence !== null) return miss(run, 'empty', evidence, 0.85);
  }
  return null;
}

const ASKS_BACK = /[?？]\s*$/;
const NOTHING =
  /^(?:\[\]|\{\}|null|none|""|\{"(?:results|documents|hits|matches|items)":\s?\[\]\}|(?:sorry, )?no (?:relevant |matching |search )?(?:results?|documents?|matches|records?|entries|passages)(?: (?:was|were|have been|could be))?(?: found)?\b.{0,80})$/i;

/** At least half of the passages repeat others. */
function duplicates(run: Run): Finding | null {
  const { documents } = run;
  const at = documents.length < 3 ? -1 : lastDuplicate(documents);
  const document = documents[at];
  if (document === undefined) return null;
  const path = pointer('documents', at, 'content');
  return miss(run, 'duplicates', run.quote(path, document.content, document.spanId), 0.6);
}

/** Index of the last passage that repeats another one; −1 when fewer than half do. */
function lastDuplicate(documents: readonly Document[]): number {
  const seen = new Set<string>();
  let repeated = 0;
  let at = -1;
  for (const [index, { content }] of documents.entries()) {
    const key = content.replace(/\s+/g, ' ').trim();
    if (key === '') continue;
    if (seen.has(key)) {
      repeated++;
      at = index;
    } else seen.add(key);
  }
  return repeated * 2 < documents.length ? -1 : at;
}

const miss = (
  run: Run,
  kind: keyof typeof STATEMENTS,
  evidence: Evidence | null,
  confidence: number,
  tier: Tier = 'proven',
): Finding | null =>
  run.finding({
    tier,
    confidence,
    statement: STATEMENTS[kind],
    cause: [kind],
    evidence: [evidence],
  });

const STATEMENTS = {
  empty: 'The retrieval returned nothing',
  duplicates: 'Most of the retrieved passages are the same',
  'passages off topic': 'The passages do not address the question, and the answer found nothing',
  'answer found nothing': 'The answer says that the context does not contain what was asked for',
} as const;

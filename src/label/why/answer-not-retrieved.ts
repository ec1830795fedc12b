import type { Trace } from '../../contract/trace.ts';
import type { Why } from '../../contract/why.ts';
import { fisherExact } from '../../numeric/statistics/fisher-exact.ts';
import { count } from '../../text/format.ts';
import { words } from '../../text/words.ts';
import { contentWords, normalized, passagesOf } from './question-coverage.ts';
import { quoted } from './quoted.ts';
import type { Subject } from './subject.ts';

const MOST = 100;
const SIGNIFICANT = 0.01;
const CLEAR_DIFFERENCE = 0.3;

/**
 * The passages do not contain the answer: a recorded expected answer is in none of them, or they cover the
 * words of the question clearly less often than those of passing traces (Fisher, p < 0.01). Holds for any
 * question over passages; without an expected answer and without passing traces nothing is claimed.
 * Outranks the default layer and the check of the prompt.
 */
export function answerNotRetrieved(subject: Subject): Why | null {
  if (!CATEGORIES.has(subject.category)) return null;
  return lacksExpected(subject) ?? coversLess(subject);
}

const CATEGORIES: ReadonlySet<string> = new Set([
  'retrieval_miss',
  'groundedness_miss',
  'hallucinated_entity',
  'refusal_over_trigger',
  'unexplained',
]);

function lacksExpected({ exemplars }: Subject): Why | null {
  const judged = exemplars.flatMap(({ trace }) => {
    const expected = expectedOf(trace);
    if (expected === null || trace.documents.length === 0) return [];
    const isThere = contains(passagesOf(trace), expected.text);
    return [{ trace, expected, isThere }];
  });
  const lacking = judged.filter(({ isThere }) => !isThere);
  const [first] = lacking;
  if (first === undefined || lacking.length * 2 <= judged.length) return null;
  return {
    statement: `Likely because the passages do not contain the expected answer (${lacking.length} of ${judged.length} examples)`,
    layer: 'retrieval',
    evidence: [
      quoted(first.trace, first.expected.path, first.expected.text),
      firstPassage(first.trace),
    ],
  };
}

const EXPECTED =
  /^(?:expected|reference|gold|ideal|correct|target|ground_?truth)(?:_?(?:answer|output|response))?s?$/i;

function expectedOf({ metadata }: Trace): { readonly path: string; readonly text: string } | null {
  for (const [key, value] of Object.entries(metadata))
    if (
      EXPECTED.test(key) &&
      typeof value === 'string' &&
      value.trim() !== '' &&
      value.length < 500
    )
      return { path: `/metadata/${key}`, text: value };
  return null;
}

/** All of a short answer, or four of five content words of a longer one. */
function contains(passages: string, expected: string): boolean {
  if (passages.includes(normalized(expected))) return true;
  const content = contentWords(expected);
  if (content.length < 4) return false;
  const there = new Set(words(passages));
  return content.filter((word) => there.has(word)).length >= 0.8 * content.length;
}

function coversLess({ members, passing, coverage }: Subject): Why | null {
  const compared = (traces: readonly Trace[]) =>
    traces
      .filter(hasPassages)
      .slice(0, MOST)
      .flatMap((trace) => coverage.of(trace));
  const here = compared(members);
  const there = compared(passing);
  const bad = here.filter(({ isUncovered }) => isUncovered);
  const usual = there.filter(({ isUncovered }) => isUncovered).length;
  const [first] = bad;
  if (first === undefined || there.length === 0) return null;
  if (bad.length / here.length - usual / there.length < CLEAR_DIFFERENCE) return null;
  if (bad.length * 2 < here.length) return null;
  if (fisherExact(bad.length, here.length, usual, there.length) >= SIGNIFICANT) return null;
  return {
    statement: `Likely because the passages do not cover the question (${count(bad.length)} of ${count(here.length)} here, ${count(usual)} of ${count(there.length)} passing traces)`,
    layer: 'retrieval',
    evidence: [quoted(first.trace, '/input', first.trace.input), firstPassage(first.trace)],
  };
}

const hasPassages = ({ documents }: Trace): boolean => documents.length > 0;

function firstPassage(trace: Trace): Why['evidence'][number] {
  const [first] = trace.documents;
  return quoted(trace, '/documents/0/content', first?.content ?? '', first?.spanId ?? null);
}

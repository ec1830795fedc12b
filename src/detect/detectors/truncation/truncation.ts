import type { Span, Trace } from '../../../contract/trace.ts';
import { type Answer, defineDetector, inconclusive, noFinding } from '../../define.ts';
import { pointer } from '../../evidence.ts';
import type { Finding } from '../../finding.ts';
import type { Run } from '../../run/run.ts';
import { cutOff } from './cut-off.ts';

const NOTHING = inconclusive('no output recorded');
const MID_SENTENCE = inconclusive(
  'the answer ends in the middle of a sentence, but no finish reason was recorded',
);

/**
 * The answer stops before its end: the model reached its token limit, or the text breaks off inside JSON or
 * a code block. An unfinished sentence alone proves nothing, since people and models omit a last period; it
 * counts when the number of tokens written is round, as limits are. A model that reports that it stopped by
 * itself was not cut off.
 */
export const truncation = defineDetector({
  id: 'truncation',
  tier: 'likely',
  finds:
    'an answer that stops before its end: by its finish reason, inside JSON or a code block, or in the middle of a sentence at a round number of tokens',
  category: {
    name: 'Truncated output',
    definition: 'The answer ends where it should, not at a length limit.',
    severity: 3,
    layer: 'platform',
    fixCost: 1,
    example: 'The model stopped at its token limit.',
  },
  detect(run) {
    const { spans } = run;
    const at = spans.findLastIndex(
      ({ kind, finishReason }) => kind === 'model' && finishReason !== null,
    );
    const span = spans[at];
    if (span?.finishReason === 'length') {
      const finding = atLimit(run, span, at);
      if (finding !== null) return finding;
    }
    if (run.output === '') return NOTHING;
    return span === undefined || span.finishReason === 'length' ? brokenOff(run) : noFinding;
  },
});

const atLimit = (run: Run, span: Span, at: number): Finding | null =>
  run.finding({
    confidence: 0.98,
    spanId: span.id,
    statement: 'The model stopped at its token limit',
    cause: ['token limit'],
    evidence: [
      run.quote(pointer('spans', at, 'finishReason'), 'length', span.id),
      run.quote(pointer('spans', at, 'output'), span.output.slice(-200), span.id),
    ],
  });

function brokenOff(run: Run): Answer {
  const end = cutOff(run.output);
  if (end === null) return noFinding;
  if (end.where === 'in the middle of a sentence' && !isRound(tokensWritten(run.trace)))
    return MID_SENTENCE;
  return run.finding({
    confidence: 0.7,
    spanId: null,
    statement: STATEMENTS[end.where],
    cause: ['breaks off', end.where],
    evidence: [run.quote('/output', end.quote)],
  });
}

const STATEMENTS = {
  'inside json': 'The answer breaks off inside JSON',
  'inside a code block': 'The answer breaks off inside a code block',
  'in the middle of a sentence': 'The answer breaks off in the middle of a sentence',
} as const;

/** Tokens of the last model call; of the whole run where only that is recorded. */
function tokensWritten({ spans, usage }: Trace): number | null {
  const calls = spans.filter(({ kind }) => kind === 'model');
  const last = calls.at(-1)?.usage.outputTokens ?? null;
  return last ?? (calls.length < 2 ? usage.outputTokens : null);
}

/** Limits are set in powers of two or in hundreds. */
const isRound = (tokens: number | null): boolean =>
  tokens !== null && tokens >= 64 && (tokens % 100 === 0 || Number.isInteger(Math.log2(tokens)));

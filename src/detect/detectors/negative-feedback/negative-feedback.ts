import type { Evidence } from '../../../contract/signal.ts';
import type { Score } from '../../../contract/trace.ts';
import { defineDetector, inconclusive } from '../../define.ts';
import { pointer } from '../../evidence.ts';
import type { Finding } from '../../finding.ts';
import type { Run } from '../../run/run.ts';
import { labelMeaning } from '../../run/score-labels.ts';
import { isFeedbackName, normalizedName } from '../../run/score-names.ts';
import { userComplaint } from '../../run/user-complaint.ts';

const NO_FEEDBACK = inconclusive('no feedback recorded');

/** A person rated the answer as bad: a thumbs-down, a low rating, a complaint in a comment or a tag. */
export const negativeFeedback = defineDetector({
  id: 'negative_feedback',
  tier: 'filter',
  finds: 'a thumbs-down, a low rating, or a complaint',
  detect(run) {
    const { scores, tags } = run.trace;
    if (scores.length === 0 && tags.length === 0) return NO_FEEDBACK;
    const findings: (Finding | null)[] = [];
    let isJudged = false;
    for (const [index, score] of scores.entries()) {
      if (!isFeedbackName(score.name) && !(score.annotator === 'human' && isThumb(score))) continue;
      const kind = feedbackKind(score);
      isJudged ||= kind !== null;
      if (kind === null || kind === 'fine') continue;
      findings.push(complained(run, kind, quoteScore(run, score, index, kind)));
    }
    for (const [index, tag] of tags.entries()) {
      if (!TAG.test(tag)) continue;
      findings.push(complained(run, 'tag', run.quote(pointer('tags', index), tag)));
    }
    return isJudged || findings.length > 0 ? findings : NO_FEEDBACK;
  },
});

type FeedbackKind = 'label' | 'rating' | 'thumbs down' | 'comment';

const TAG =
  /^(?:thumbs?[-_ ]?down|negative[-_ ]feedback|user[-_ ]complaint|complaint|disliked?|\u{1F44E})$/iu;
const isThumb = (score: Score): boolean =>
  score.label !== null && /thumb|[\u{1F44D}\u{1F44E}]/iu.test(score.label);

function feedbackKind(score: Score): FeedbackKind | 'fine' | null {
  if (score.label !== null) {
    const meaning = labelMeaning(score.label);
    const name = normalizedName(score.name);
    if (meaning === 'bad') return 'label';
    if (meaning === 'good') return 'fine';
    if (meaning === 'true') return BAD_WHEN_TRUE.test(name) ? 'label' : 'fine';
    if (meaning === 'false') return BAD_WHEN_TRUE.test(name) ? 'fine' : 'label';
  }
  const byValue = score.value === null ? null : valueKind(normalizedName(score.name), score.value);
  if (byValue !== null && byValue !== 'fine') return byValue;
  if (score.explanation !== null && userComplaint(score.explanation) !== null) return 'comment';
  return byValue;
}

const BAD_WHEN_TRUE = /thumbs?_down|dislike|downvote|complaint|reported|flagged/;
const RATED = /rating|star|csat|satisfaction/;

/**
 * The value decides the scale: thumbs are −1, 0, 1; stars and satisfaction 1 to 5, where 1 alone could be a
 * thumbs-up unless the name says stars; recommendation scores 0 to 10, bad up to 6.
 */
function valueKind(name: string, value: number): FeedbackKind | 'fine' | null {
  if (BAD_WHEN_TRUE.test(name)) return value > 0 ? 'thumbs down' : 'fine';
  if (name === 'nps') return value >= 0 && value <= 6 ? 'rating' : 'fine';
  if (value <= 0) return 'thumbs down';
  if (value < 1) return value < 0.5 ? 'rating' : 'fine';
  if (value === 1) return /star|csat/.test(name) ? 'rating' : RATED.test(name) ? null : 'fine';
  if (value <= 5) return value <= 2 ? 'rating' : 'fine';
  return value <= 10 ? null : value < 50 ? 'rating' : 'fine';
}

function quoteScore(run: Run, score: Score, index: number, kind: FeedbackKind): Evidence | null {
  switch (kind) {
    case 'label':
      return run.quote(pointer('scores', index, 'label'), score.label ?? '', score.spanId);
    case 'comment':
      return run.quote(
        pointer('scores', index, 'explanation'),
        userComplaint(score.explanation ?? '')?.text ?? '',
        score.spanId,
      );
    case 'rating':
    case 'thumbs down':
      return run.quote(pointer('scores', index, 'value'), String(score.value), score.spanId);
  }
}

const complained = (
  run: Run,
  kind: FeedbackKind | 'tag',
  evidence: Evidence | null,
): Finding | null =>
  run.finding({
    confidence: kind === 'comment' ? 0.7 : 0.9,
    statement: STATEMENTS[kind],
    cause: [kind],
    evidence: [evidence],
  });

const STATEMENTS: Readonly<Record<FeedbackKind | 'tag', string>> = {
  label: 'The user marked the answer as bad',
  rating: 'The user gave a low rating',
  'thumbs down': 'The user gave a thumbs-down',
  comment: 'The user complained in a comment',
  tag: 'The trace is tagged with negative feedback',
};

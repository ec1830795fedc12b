import type { Evidence, Signal } from '../../../contract/signal.ts';
import type { Score, Trace } from '../../../contract/trace.ts';
import { fingerprint } from '../../../text/mask.ts';
import type { Detector } from '../../detector.ts';
import { pointer, quote } from '../../evidence.ts';
import { labelMeaning } from '../../run/score-labels.ts';
import { isFeedbackName, normalisedName } from '../../run/score-names.ts';
import { complaint } from '../../run/user-complaint.ts';
import { saysNo, saysUnknown } from '../../verdict.ts';

const ID = 'negative_feedback';
const NO = saysNo(ID);
const NO_FEEDBACK = saysUnknown(ID, 'no feedback recorded');

/** A person said that the answer was bad: thumbs-down, low rating, complaint in a comment or a tag. */
export const negativeFeedback: Detector = {
  id: ID,
  detect(trace) {
    if (trace.scores.length === 0 && trace.tags.length === 0) return NO_FEEDBACK;
    let judged = false;
    const found: Signal[] = [];
    for (const [index, score] of trace.scores.entries()) {
      if (!isFeedbackName(score.name) && !(score.annotator === 'human' && isThumb(score))) continue;
      const kind = feedbackKind(score);
      judged ||= kind !== null;
      if (kind === null || kind === 'fine') continue;
      const evidence = quoteScore(trace, score, index, kind);
      if (evidence !== null) found.push(signal(kind, score.spanId, evidence));
    }
    for (const [index, tag] of trace.tags.entries()) {
      if (!TAG.test(tag)) continue;
      const evidence = quote(trace, pointer('tags', index), tag, null);
      if (evidence !== null) found.push(signal('tag', null, evidence));
    }
    if (found.length > 0) return found;
    return judged ? NO : NO_FEEDBACK;
  },
};

type FeedbackKind = 'label' | 'rating' | 'thumbs_down' | 'comment';

const TAG =
  /^(?:thumbs?[-_ ]?down|negative[-_ ]feedback|user[-_ ]complaint|complaint|disliked?|\u{1F44E})$/iu;
const isThumb = (score: Score): boolean =>
  score.label !== null && /thumb|[\u{1F44D}\u{1F44E}]/iu.test(score.label);

function feedbackKind(score: Score): FeedbackKind | 'fine' | null {
  if (score.label !== null) {
    const meaning = labelMeaning(score.label);
    const name = normalisedName(score.name);
    if (meaning === 'bad') return 'label';
    if (meaning === 'good') return 'fine';
    if (meaning === 'true') return BAD_WHEN_TRUE.test(name) ? 'label' : 'fine';
    if (meaning === 'false') return BAD_WHEN_TRUE.test(name) ? 'fine' : 'label';
  }
  const byValue = score.value === null ? null : valueKind(normalisedName(score.name), score.value);
  if (byValue !== null && byValue !== 'fine') return byValue;
  if (score.explanation !== null && complaint(score.explanation) !== null) return 'comment';
  return byValue;
}

const BAD_WHEN_TRUE = /thumbs?_down|dislike|downvote|complaint|reported|flagged/;
const RATED = /rating|star|csat|satisfaction/;

/**
 * Scales told apart by the value: thumbs give −1, 0, 1; stars and satisfaction 1 to 5, where 1 alone
 * could be a thumbs-up unless the name says stars; recommendation scores 0 to 10, bad up to 6.
 */
function valueKind(name: string, value: number): FeedbackKind | 'fine' | null {
  if (BAD_WHEN_TRUE.test(name)) return value > 0 ? 'thumbs_down' : 'fine';
  if (name === 'nps') return value >= 0 && value <= 6 ? 'rating' : 'fine';
  if (value <= 0) return 'thumbs_down';
  if (value < 1) return value < 0.5 ? 'rating' : 'fine';
  if (value === 1) return /star|csat/.test(name) ? 'rating' : RATED.test(name) ? null : 'fine';
  if (value <= 5) return value <= 2 ? 'rating' : 'fine';
  return value <= 10 ? null : value < 50 ? 'rating' : 'fine';
}

function quoteScore(
  trace: Trace,
  score: Score,
  index: number,
  kind: FeedbackKind,
): Evidence | null {
  switch (kind) {
    case 'label':
      return quote(trace, pointer('scores', index, 'label'), score.label ?? '', score.spanId);
    case 'comment':
      return quote(
        trace,
        pointer('scores', index, 'explanation'),
        complaint(score.explanation ?? '')?.text ?? '',
        score.spanId,
      );
    case 'rating':
    case 'thumbs_down':
      return quote(trace, pointer('scores', index, 'value'), String(score.value), score.spanId);
  }
}

const signal = (kind: FeedbackKind | 'tag', spanId: string | null, evidence: Evidence): Signal => ({
  detector: ID,
  verdict: 'yes',
  category: null,
  confidence: kind === 'comment' ? 0.7 : 0.9,
  spanId,
  summary: SUMMARY[kind],
  fingerprint: fingerprint(ID, kind),
  evidence: [evidence],
});

const SUMMARY: Readonly<Record<FeedbackKind | 'tag', string>> = {
  label: 'The user marked the answer as bad',
  rating: 'The user gave a low rating',
  thumbs_down: 'The user gave a thumbs-down',
  comment: 'The user complained in a comment',
  tag: 'The trace is tagged with negative feedback',
};

import type { Score } from '../../contract/trace.ts';

/**
 * A score with its thumb spelled one way: label `thumbs_up` or `thumbs_down`, and 1 or −1 as value where the
 * recorder gave none. Feedback by name is a person's. Other scores come back as they are.
 */
export function withSentiment(score: Score): Score {
  const thumb = score.label === null ? null : thumbOf(score.label);
  const isFeedback = FEEDBACK.test(score.name);
  if (thumb === null && !(isFeedback && score.annotator === 'unknown')) return score;
  return {
    ...score,
    label: thumb ?? score.label,
    value: score.value ?? (thumb === null ? null : thumb === 'thumbs_up' ? 1 : -1),
    annotator: score.annotator === 'unknown' && isFeedback ? 'human' : score.annotator,
  };
}

const FEEDBACK = /^(?:user|human|customer|end_?user)?[-_ .]?(?:feedback|thumbs?|rating|csat)$/i;

function thumbOf(label: string): 'thumbs_up' | 'thumbs_down' | null {
  if (label.length > 20) return null;
  const word = label.trim().toLowerCase().replaceAll(/[-_ ]/g, '');
  if (UP.has(word)) return 'thumbs_up';
  return DOWN.has(word) ? 'thumbs_down' : null;
}

const UP: ReadonlySet<string> = new Set(['thumbsup', 'thumbup', '👍', '+1', 'upvote', 'like']);
const DOWN: ReadonlySet<string> = new Set(['thumbsdown', 'thumbdown', '👎', 'downvote', 'dislike']);

import { type RawSpan, RECORDED_TIMES } from '../../collect/receive.ts';

const DAY = 24 * 60 * 60 * 1000;
const PAST = 3653 * DAY;
const FUTURE = DAY;

/**
 * A span with the time of receipt where its clock says that it ran more than ten years ago or more than a day ahead.
 * The recorded times stay in an attribute, which leaves a gap in the trace. Times are epoch milliseconds.
 */
export function withPossibleTimes(span: RawSpan, now: number): RawSpan {
  const isPossible = (time: number | null): boolean =>
    time === null || (time >= now - PAST && time <= now + FUTURE);
  const { startTime, endTime } = span;
  if (isPossible(startTime) && isPossible(endTime)) return span;
  const duration = Math.min(Math.max(0, (endTime ?? 0) - (startTime ?? 0)), DAY);
  const isPair =
    startTime !== null && endTime !== null && isPossible(startTime) === isPossible(endTime);
  return {
    ...span,
    startTime:
      startTime === null ? null : isPossible(startTime) ? startTime : now - (isPair ? duration : 0),
    endTime: endTime === null ? null : isPossible(endTime) ? endTime : now,
    attributes: {
      ...span.attributes,
      [RECORDED_TIMES]: `${spelled(startTime)} to ${spelled(endTime)}`,
    },
  };
}

function spelled(time: number | null): string {
  if (time === null) return 'unknown';
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? String(time) : date.toISOString();
}

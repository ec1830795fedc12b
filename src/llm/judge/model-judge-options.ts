import type { AnswerCache } from '../../contract/answer-cache.ts';
import type { Clock } from '../endpoint/clock.ts';
import type { ModelPrice } from '../model/model-price.ts';
import type { JudgeUsage } from './ask-missing.ts';
import type { JudgeEstimate } from './judge-prompt.ts';

/** How a chat model is asked as a judge. */
export interface ModelJudgeOptions {
  /** Sent with every request, for reproducible answers from servers that support it. Default 42. */
  readonly seed?: number;
  /** Default: the list price, if known. */
  readonly price?: ModelPrice | null;
  /**
   * US dollars that all its requests may cost; needs a price. A request whose worst case does not fit is not sent, and its
   * items stay unanswered. Default: no limit.
   */
  readonly maxCost?: number;
  /** Maximum concurrent requests. Default 4. */
  readonly parallel?: number;
  /** Default: only the endpoint's own limit. */
  readonly requestsPerMinute?: number;
  /** Attempts per request. Default 6. */
  readonly attempts?: number;
  /** Timeout of one attempt. Default 120,000. */
  readonly timeoutMs?: number;
  readonly cache?: AnswerCache;
  /** Called once before the first request of each `ask`. */
  readonly onEstimate?: (estimate: JudgeEstimate) => void;
  /** Called once at the end of each successful `ask`. */
  readonly onUsage?: (usage: JudgeUsage) => void;
  readonly clock?: Clock;
}

import { type ScanAnswer, type ScanRequest, Share } from './share.ts';
import type { ScanReply } from './thread-pool.ts';

let share: Share | null = null;

/** What a thread of a scan says to each message. */
export function answer(message: unknown): ScanReply {
  try {
    return { answer: answered(message as ScanRequest) };
  } catch (error) {
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function answered(request: ScanRequest): ScanAnswer {
  if (request.kind === 'start') {
    share = new Share(request.options);
    return null;
  }
  if (share === null) throw new Error('a scan begins with its options');
  return share.answer(request);
}

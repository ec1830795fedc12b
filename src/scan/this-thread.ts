import type { Thread } from '../numeric/numeric.ts';
import { answering } from './share.ts';

/** The thread that runs the scan as one more to share it: it answers between its other work. */
export function thisThread(): Thread {
  const answer = answering();
  let onMessage: (message: unknown) => void = () => {};
  return {
    // Not at once: what others wait for is read and sent first.
    post: (message) => {
      setTimeout(() => onMessage(answer(message)));
    },
    listen: (listener) => {
      onMessage = listener;
    },
    close: () => Promise.resolve(),
  };
}

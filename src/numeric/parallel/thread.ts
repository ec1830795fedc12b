/** A thread that answers each message in order with what the `answer` of its module returns. */
export interface Thread {
  readonly post: (message: unknown) => void;
  /** Called once: where answers go, and the news that the thread died. */
  readonly listen: (
    onMessage: (message: unknown) => void,
    onDeath: (cause: unknown) => void,
  ) => void;
  readonly close: () => Promise<void>;
}

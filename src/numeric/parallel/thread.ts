/** A thread that answers each message in order with what the `answer` of its module returns. */
export interface Thread {
  /** `handedOver`: memory in it that is given away rather than copied. */
  readonly post: (message: unknown, handedOver?: readonly ArrayBuffer[]) => void;
  /** Called once: where answers go, and the news that the thread died. */
  readonly listen: (
    onMessage: (message: unknown) => void,
    onDeath: (cause: unknown) => void,
  ) => void;
  readonly close: () => Promise<void>;
}

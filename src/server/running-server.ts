import type { ByteSource } from '../contract/byte-source.ts';

/** A server that takes requests. */
export interface RunningServer {
  /** `http://host:port` of each port. */
  readonly urls: readonly string[];
  /** Secret of the link that adds the first person; null where none is needed. */
  readonly setup: string | null;
  /** Secret of a link by which whoever has that email address sets a new password; null where nobody has it. */
  allowReset(email: string): Promise<string | null>;
  /** `http://host:port` of OTLP over gRPC; null without that port. */
  readonly grpcUrl: string | null;
  /** Whether requests need a key, and people sign in. */
  readonly needsKeys: boolean;
  /** Finishes traces that rest. */
  tick(): Promise<void>;
  /** Lets online judges score what waits; resolves when they have. */
  judge(): Promise<void>;
  /** Judges traces again that another version judged; resolves when all are. */
  backfill(): Promise<void>;
  /** Reads all watchers on, begins the sessions and sends the messages that are due. */
  watch(): Promise<void>;
  /** Imports a file into a project and ranks its causes. */
  load(project: string, source: ByteSource): Promise<void>;
  /** Stops taking requests, ends those that are being answered, finishes what is due. The stores stay open. */
  close(): Promise<void>;
}

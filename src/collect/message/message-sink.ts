import type { Json, JsonObject } from '../../contract/json.ts';
import type { Message, Role } from '../../contract/trace.ts';

export interface ReadMessages {
  readonly messages: Message[];
  /** Number of contents the recorder redacted; their messages have ''. */
  redacted: number;
  /** The first finish reason beside a message, as received. */
  finishReason: Json | null;
  /** Paths of parts that were not understood: `content[].KIND`. */
  readonly unknown: string[];
}

/** Collects what the readers of the vendor forms find. */
export interface MessageSink extends ReadMessages {
  /** Reads a nested value of any form; `fallback` is the role of messages that have none. */
  readonly readValue: (value: Json, fallback: Role, into: MessageSink, depth: number) => void;
}

/** Reads an object that is a message, or several, without a role. False when it is not of this form. */
export type MessageForm = (
  value: JsonObject,
  fallback: Role,
  into: MessageSink,
  depth: number,
) => boolean;

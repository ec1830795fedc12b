import type { Origin, Trace } from '../contract/trace.ts';
import type { RawConversation } from './raw-span.ts';

/**
 * One trace from a record that has no spans: a synthesised root step, a model span per assistant
 * message and a tool span per call. Times are null. `fields` supply id, tenant, user, session, model,
 * prompt name and version, environment, release, tags, usage, documents and error by their usual
 * names; the rest becomes `metadata`.
 */
export function conversationTrace(_conversation: RawConversation, _origin: Origin): Trace {
  throw new Error('conversationTrace');
}

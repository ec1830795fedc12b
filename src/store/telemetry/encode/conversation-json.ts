import type { RawConversation } from '../../../collect/collect.ts';

/** A conversation as JSON: what is known of its calls becomes a list of pairs. */
export type ConversationJson = Omit<RawConversation, 'calls'> & {
  readonly calls?: readonly (readonly [
    number,
    NonNullable<RawConversation['calls']> extends ReadonlyMap<number, infer Call> ? Call : never,
  ])[];
};

export function conversationJson({ calls, ...rest }: RawConversation): ConversationJson {
  return calls === undefined ? rest : { ...rest, calls: [...calls] };
}

export function conversationOf({ calls, ...rest }: ConversationJson): RawConversation {
  return calls === undefined ? rest : { ...rest, calls: new Map(calls) };
}

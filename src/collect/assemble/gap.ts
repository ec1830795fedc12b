import type { Gap, Message } from '../../contract/trace.ts';

export const NO_INPUT: Gap = {
  kind: 'no_input',
  spanId: null,
  detail: 'nothing the user asked is recorded',
};

export const NO_OUTPUT: Gap = { kind: 'no_output', spanId: null, detail: 'no answer is recorded' };

/** Content at a path that was read but not understood. */
export function unknownShape(path: string): Gap {
  return { kind: 'unknown_shape', spanId: null, detail: path.slice(0, 120) };
}

/** True when the last message is an empty reply without calls: the answer was recorded, and it is empty. */
export function hasEmptyReply(messages: readonly Message[]): boolean {
  const last = messages.at(-1);
  return last?.role === 'assistant' && last.content === '' && last.toolCalls.length === 0;
}

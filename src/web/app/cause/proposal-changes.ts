import type { CauseDecisions, Change } from '../../../contract/decision.ts';
import { setField } from './set-field.ts';

/**
 * What accepting or rejecting a cause changes. Accepting takes the title that a model proposes, unless a person has given
 * one: that stays. Doing the same again takes it back, with a title that was taken.
 * @param title that a model proposes; null for none
 */
export function proposalChanges(
  id: string,
  own: CauseDecisions,
  proposal: 'accepted' | 'rejected',
  title: string | null,
): readonly Change[] {
  const takesTitle = proposal === 'accepted' && title !== null && own.title === undefined;
  const isTaken = title !== null && own.title === title;
  if (own.proposal === proposal && !takesTitle)
    return [setField(id, 'proposal', null), ...(isTaken ? [setField(id, 'title', null)] : [])];
  return [
    setField(id, 'proposal', proposal),
    ...(takesTitle ? [setField(id, 'title', title)] : []),
    ...(proposal === 'rejected' && isTaken ? [setField(id, 'title', null)] : []),
    ...(proposal === 'accepted' && own.state === undefined
      ? [setField(id, 'state', 'confirmed')]
      : []),
  ];
}

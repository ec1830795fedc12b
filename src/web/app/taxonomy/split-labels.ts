import type { Schemas } from '../../../client/client.ts';

type Label = Pick<Schemas['Label'], 'id' | 'note' | 'codes'>;

/** A part of a category that is split, and which labels go to it. */
export interface Part {
  readonly name: string;
  /** Labels go to the first part whose words are in a code, the coded words or the note; '' for none. */
  readonly words: string;
}

/**
 * The place of the part that each label goes to, null for those that stay.
 * @param rest Place of the part for labels that no part names; null: they stay.
 * @param byHand What a person chose for a label; it counts before the words.
 */
export function splitLabels(
  labels: readonly Label[],
  parts: readonly Part[],
  rest: number | null,
  byHand: Readonly<Record<string, number | null>>,
): ReadonlyMap<string, number | null> {
  const wanted = parts.map(({ words }) => words.trim().toLowerCase());
  return new Map(
    labels.map((label) => {
      const chosen = byHand[label.id];
      if (chosen !== undefined) return [label.id, chosen];
      const text = [label.note, ...label.codes.flatMap(({ code, quote }) => [code, quote])]
        .join('\n')
        .toLowerCase();
      const at = wanted.findIndex((words) => words !== '' && text.includes(words));
      return [label.id, at < 0 ? rest : at];
    }),
  );
}

import { structuredPatch } from '../packages.ts';

/** What differs between two texts, by lines. */
export interface LineChanges {
  readonly added: number;
  readonly removed: number;
  /** False where the texts have so little in common that all lines are shown as replaced. */
  readonly isAligned: boolean;
  readonly hunks: readonly Hunk[];
}

/** Lines next to each other, with up to three unchanged ones around the changed ones. */
interface Hunk {
  /** Number of its first line in each text, from 1. */
  readonly fromLine: number;
  readonly toLine: number;
  readonly lines: readonly { readonly kind: keyof typeof MARKS; readonly text: string }[];
}

const MARKS = { same: ' ', removed: '-', added: '+' } as const;
const KINDS = Object.keys(MARKS) as readonly (keyof typeof MARKS)[];

/** Lines that may change; the work grows with their square. */
const MOST_CHANGED = 2_000;

export function lineChanges(from: string, to: string): LineChanges {
  // A last line without an end would be told apart from one with an end.
  const made = structuredPatch('', '', `${from}\n`, `${to}\n`, undefined, undefined, {
    ...{ context: 3, maxEditLength: MOST_CHANGED },
  });
  const hunks = made?.hunks.map(
    ({ oldStart, newStart, lines }): Hunk => ({
      ...{ fromLine: oldStart, toLine: newStart },
      lines: lines.map((line) => ({
        kind: KINDS.find((kind) => line.startsWith(MARKS[kind])) ?? 'same',
        text: line.slice(1),
      })),
    }),
  ) ?? [replaced(from, to)];
  const count = (kind: keyof typeof MARKS): number =>
    hunks.reduce((sum, { lines }) => sum + lines.filter((line) => line.kind === kind).length, 0);
  return { added: count('added'), removed: count('removed'), isAligned: made !== undefined, hunks };
}

const replaced = (from: string, to: string): Hunk => ({
  ...{ fromLine: 1, toLine: 1 },
  lines: [
    ...from.split('\n').map((text) => ({ kind: 'removed', text }) as const),
    ...to.split('\n').map((text) => ({ kind: 'added', text }) as const),
  ],
});

import { fenced, inlineCode } from '../text/untrusted.ts';

/** A prompt or a tool that is another in the second of two versions. */
export interface ChangedText {
  readonly kind: 'prompt' | 'tool';
  readonly name: string;
  /** The version of the text; null if the text has none. */
  readonly before: string | null;
  readonly after: string | null;
  readonly added: number;
  readonly removed: number;
  readonly hunks: readonly {
    readonly lines: readonly {
      readonly kind: 'same' | 'removed' | 'added';
      readonly text: string;
    }[];
  }[];
}

/** So many are shown with their lines, each up to so many characters. */
const SHOWN = 10;
const LONGEST = 3_000;

/** The changed lines of prompts and tools as Markdown; '' where nothing changed. */
export function markdownOfChanges(changed: readonly ChangedText[]): string {
  if (changed.length === 0) return '';
  const more = changed.length - SHOWN;
  const parts = changed.slice(0, SHOWN).map((each) => {
    const lines = each.hunks.flatMap((hunk) =>
      hunk.lines.map(({ kind, text }) => `${MARKS[kind]} ${text}`),
    );
    const name = `**${each.kind} ${inlineCode(each.name)}** ${versionsOf(each)}`;
    return lines.length === 0 ? name : `${name}\n\n${fenced(lines.join('\n'), LONGEST)}`;
  });
  return [...parts, ...(more > 0 ? [`${more} more were changed.`] : [])].join('\n\n');
}

const MARKS = { same: ' ', removed: '-', added: '+' } as const;

const versionsOf = ({ before, after, added, removed }: ChangedText): string => {
  if (before === null) return `is new in ${inlineCode(after ?? '')}`;
  if (after === null) return 'is not there any more';
  return `${inlineCode(before)} → ${inlineCode(after)}, +${added} −${removed}`;
};

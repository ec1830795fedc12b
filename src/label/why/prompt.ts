import type { Trace } from '../../contract/trace.ts';
import { type Sentence, sentences } from '../../text/sentences.ts';

/** A text with its place. */
export interface Passage {
  readonly path: string;
  readonly text: string;
  readonly spanId: string | null;
}

/** Instructions come first; a knowledge base appended to them is not read. */
const READ = 20_000;

/** The recorded system prompts of a trace, 20,000 characters of each at most. */
export const promptsOf = ({ messages }: Trace): readonly Passage[] =>
  messages.flatMap(({ role, content, spanId }, index) =>
    role === 'system' && content.trim() !== ''
      ? [{ path: `/messages/${index}/content`, text: content.slice(0, READ), spanId }]
      : [],
  );

/** The first sentence that matches, with its prompt. */
export function sentenceWith(
  prompts: readonly Passage[],
  pattern: RegExp,
): (Passage & { readonly sentence: string }) | null {
  for (const prompt of prompts)
    for (const { text } of sentencesOf(prompt))
      if (pattern.test(text)) return { ...prompt, sentence: text };
  return null;
}

const sentencesOf = ({ text }: Passage): readonly Sentence[] => sentences(text, 400);

/** A pattern for a name in running text: `order_id`, `order id`, `order ID`, `order's ID`. */
export function mentionOf(name: string): RegExp {
  const parts = name
    .replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, '_')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '')
    .slice(0, 12);
  if (parts.length === 0) return NEVER;
  return new RegExp(
    `(?<![\\p{L}\\p{N}])${parts.join("(?:['’]s)?[\\s_-]{0,3}")}(?:s?)(?![\\p{L}\\p{N}])`,
    'iu',
  );
}

const NEVER = /(?!)/;

import { l, n } from 'js-rouge';
import { tokens } from './tokens.ts';

/** The longest common sequence takes time by the product of both lengths. */
const MOST_TOKENS = 2_000;

const options = {
  tokenizer: (text: string): string[] => tokens(text).slice(0, MOST_TOKENS),
  segmenter: (text: string): string[] => [text],
};

/** F1 of ROUGE, 0 to 1; 0 where a text has no words. */
export function rougeF1(
  answer: string,
  reference: string,
  variant: 'rouge1' | 'rouge2' | 'rougeL',
): number {
  const least = variant === 'rouge2' ? 2 : 1;
  if (tokens(answer).length < least || tokens(reference).length < least) return 0;
  const { tokenizer } = options;
  if (variant === 'rougeL') return l(answer, reference, options);
  return n(answer, reference, { n: least, tokenizer });
}

import { sentences } from '../../text/sentences.ts';
import type { Step } from './dialogue.ts';
import { type TemplateHead, templateHead } from './template.ts';

/** Template of what a call gave; null where it gave no text. */
export function resultHead({ tool, result }: Step): TemplateHead | null {
  if (result === null || result.form === 'blank') return null;
  return templateHead(result.text, result.start, `result ${tool}`);
}

/** Template of how an answer opens. */
export const openingHead = (answer: string): TemplateHead => templateHead(answer, 0, 'opening');

/** Template of the last sentence of an answer. */
export function endingHead(answer: string): TemplateHead {
  const from = Math.max(0, answer.length - 400);
  const last = sentences(answer.slice(from), 60).at(-1);
  return templateHead(answer, from + (last?.start ?? 0), 'ending');
}

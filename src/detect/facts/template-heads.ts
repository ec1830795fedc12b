import { sentences } from '../../text/sentences.ts';
import type { Step } from './dialogue.ts';
import { type TemplateHead, templateHead } from './template.ts';

/** The template of a result, or of the error inside it; null if the result has no text. */
export function resultHead({ tool, result }: Step): TemplateHead | null {
  if (result === null || result.form === 'blank') return null;
  const from = result.form === 'data' ? result.start : messageStart(result.text, result.start);
  const end = result.form === 'complaint' ? result.text.indexOf('\n', from) : -1;
  const text = end === -1 ? result.text : result.text.slice(0, end);
  return templateHead(text, from, `result ${tool}`);
}

/** Where the message begins if the result holds it in a field. */
function messageStart(text: string, start: number): number {
  const first = text.slice(start, start + 20).trimStart()[0];
  if (first !== '{') return start;
  const match = MESSAGE.exec(text.slice(start, start + 1_000));
  return match === null ? start : start + match.index + match[0].length;
}

const MESSAGE =
  /["'](?:error(?:_?message)?|message|detail|reason|exception)["']\s{0,3}:\s{0,3}(?:\{\s{0,3}["']message["']\s{0,3}:\s{0,3})?["'](?=[^"'])/i;

/** The template of the opening of an answer. */
export const openingHead = (answer: string): TemplateHead => templateHead(answer, 0, 'opening');

/** The template of the last sentence of an answer. */
export function endingHead(answer: string): TemplateHead {
  const from = Math.max(0, answer.length - 400);
  const last = sentences(answer.slice(from), 60).at(-1);
  return templateHead(answer, from + (last?.start ?? 0), 'ending');
}

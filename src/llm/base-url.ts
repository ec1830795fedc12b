import { CulpritError } from '../contract/culprit-error.ts';

export const OPENAI_URL = 'https://api.openai.com/v1';

/** An http or https address without a slash at the end. Throws `invalid_option`. */
export function checkedUrl(text: string): string {
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return text.replace(/\/+$/, '');
  throw new CulpritError(
    'invalid_option',
    `The base URL ${JSON.stringify(text)} is not an http or https address. Give one like http://localhost:11434/v1.`,
  );
}

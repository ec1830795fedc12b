import { CulpritError } from '../../contract/culprit-error.ts';

export const OPENAI_URL = 'https://api.openai.com/v1';

/** Returns an http or https address without a trailing slash. Throws `invalid_option`, without showing what may be secret. */
export function checkedUrl(text: string): string {
  const url = /^https?:\/\//i.test(text) ? URL.parse(text) : null;
  if (url === null)
    throw invalid(
      `The base URL ${JSON.stringify(text)} is not an http or https address. Give one like http://localhost:11434/v1.`,
    );
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw invalid(
      `The base URL at ${url.host} must not contain a user, password, query or fragment. Pass the key separately; it is sent as a bearer token.`,
    );
  return text.replace(/\/+$/, '');
}

const invalid = (message: string): CulpritError => new CulpritError('invalid_option', message);

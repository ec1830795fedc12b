import { CulpritError } from '../contract/culprit-error.ts';

/**
 * The JSON in a file that the user named. `source` is the option and the file, for the message.
 * @throws CulpritError `invalid_option` with the parser's complaint.
 */
export function parseJsonFile(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notJson(source, cause);
  }
}

const notJson = (source: string, cause: unknown): CulpritError =>
  new CulpritError('invalid_option', `${source}: not valid JSON (${String(cause)})`, { cause });

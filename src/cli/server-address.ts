import { CulpritError } from '../contract/culprit-error.ts';
import { environment } from './environment.ts';

/** A server of Culprit, and who asks it. */
export interface ServerAddress {
  /** Without a slash at its end. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const LOCAL = 'http://127.0.0.1:7117';
const KEY = 'CULPRIT_API_KEY';

export const ADDRESS_HELP = `
Environment:
  CULPRIT_URL      The server, where no option names it.
  ${KEY}  A key of the project, where the server requires one.`;

/** @throws CulpritError `invalid_option` */
export function serverAddress(
  server: string | undefined,
  project: string | undefined,
  flag = '--server',
): ServerAddress {
  const given = server ?? environment('CULPRIT_URL') ?? LOCAL;
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new CulpritError(
      'invalid_option',
      `${flag}: “${given}” is no address; give one such as ${LOCAL}`,
    );
  const key = environment(KEY)?.trim();
  return {
    url: url.href.replace(/\/+$/, ''),
    headers: {
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(project !== undefined && { 'x-culprit-project': project }),
    },
  };
}

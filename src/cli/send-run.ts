import { basename } from 'node:path';
import { readRunFile } from '../platform/run-file.ts';
import { readSuiteFolder } from '../platform/suite-folder.ts';
import { type ServerAddress, serverAddress } from './server-address.ts';
import { asCulpritError, askForJson } from './server-request.ts';

/** Where a run is sent to; null for nowhere. Throws CulpritError `invalid_option` for what is no address. */
export const runServer = ({
  server,
  project,
}: {
  readonly server?: string | undefined;
  readonly project?: string | undefined;
}): ServerAddress | null => (server === undefined ? null : serverAddress(server, project));

/**
 * Sends the record of a run and the suites that it took from `path`; the error where that fails, so that the result is
 * printed all the same.
 */
export async function sendRun(
  address: ServerAddress,
  { file, path }: { readonly file: string; readonly path: string },
): Promise<unknown> {
  try {
    const files = await readSuiteFolder(path);
    const suites = files.map(({ path: from, text }) => ({ name: basename(from), text }));
    const json = { record: readRunFile(file), suites };
    await askForJson(address, { method: 'POST', path: '/runs', json });
    return null;
  } catch (error) {
    return asCulpritError(error);
  }
}

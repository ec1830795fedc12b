import type { IncomingMessage } from 'node:http';
import type { ByteSource } from '../../contract/byte-source.ts';
import type { ImportReport } from '../../contract/import-report.ts';
import { RequestError } from '../http/problem.ts';
import type { ProjectRules } from '../project-rules.ts';
import { type ImportOptions, importSource } from './import-source.ts';
import { withReceivedFile } from './received-file.ts';
import { type ImporterDeps, recordImporter } from './record-importer.ts';

export interface ImportLimits {
  /** Bytes of a file as it is sent. */
  readonly bytes: number;
  /** Imports at a time. */
  readonly atOnce: number;
}

export const IMPORT_LIMITS: ImportLimits = { bytes: 8 * 1024 ** 3, atOnce: 2 };

/** Brings files into a project. */
export interface Imports {
  /** The file in the body of a request, of any format that is read. Throws RequestError and what `importSource` throws. */
  receive(
    project: string,
    name: string,
    request: IncomingMessage,
    options: ImportOptions,
  ): Promise<ImportReport>;
  /** A file that is at hand. */
  take(project: string, source: ByteSource, options: ImportOptions): Promise<ImportReport>;
}

export function imports(
  deps: ImporterDeps & { readonly projects: Pick<ProjectRules, 'of'> },
  { bytes, atOnce }: ImportLimits,
): Imports {
  let running = 0;
  const take: Imports['take'] = async (project, source, options) => {
    const { redact, keepDays } = await deps.projects.of(project);
    return importSource(source, options, recordImporter({ project, redact, keepDays }, deps));
  };
  return {
    take,
    async receive(project, name, request, options) {
      if (running >= atOnce) throw busy(atOnce);
      running++;
      try {
        return await withReceivedFile(request, { name, bytes }, (source) =>
          take(project, source, options),
        );
      } finally {
        running--;
      }
    },
  };
}

const busy = (atOnce: number): RequestError =>
  new RequestError({
    status: 429,
    code: 'busy',
    detail: `${atOnce} imports are running; send again when one is done`,
    retryAfter: 5,
  });

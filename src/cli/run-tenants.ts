import { resolve } from 'node:path';
import {
  analyze,
  readTraces,
  renderChanges,
  renderReport,
  tenants,
  tenantTraces,
} from '../culprit.ts';
import { checkWritable, writeWhole } from '../platform/write-whole.ts';
import { printableJson } from '../text/printable.ts';
import { headline } from './headline.ts';
import { sourcesOf } from './named-files.ts';
import { writeMessage, writeResult } from './output.ts';
import { openInBrowser, reportLine } from './report-file.ts';
import { tenantLines } from './tenants-lines.ts';
import { inTenantsFlags, type TenantsCommandOptions } from './tenants-options.ts';
import { withInputs } from './with-inputs.ts';

/** Columns of a list that no terminal shows. */
const PIPED_WIDTH = 110;

/** Prints or writes the causes by tenant, or the report of one tenant alone. */
export async function runTenants(
  files: readonly string[],
  options: TenantsCommandOptions,
): Promise<void> {
  const path = await outPath(files, options);
  const width = process.stdout.columns ?? PIPED_WIDTH;
  try {
    await withInputs(options.analysis, async (inputs, bar) => {
      const sources = await sourcesOf(files.map((file) => ({ path: file, name: file })));
      const made = await (options.tenant === undefined
        ? allTenants(sources)
        : oneTenant(sources, options.tenant));
      bar.stop();
      if (path !== null)
        await writeWhole(path, path.endsWith('.json') ? made.json : await made.page());
      if (options.json) writeResult(made.json);
      else writeResult(`\n${made.lines}\n${reportLine(path)}`);
      if (options.open && path !== null) await openInBrowser(path, writeMessage);

      async function allTenants(given: typeof sources) {
        const table = await tenants(given, { ...inputs.options, progress: bar.update });
        return {
          json: `${printableJson(table)}\n`,
          lines: tenantLines(table, { width, top: options.analysis.top }),
          page: () => renderChanges(table),
        };
      }

      async function oneTenant(given: typeof sources, tenant: string) {
        const { columns = {}, ...rest } = inputs.options;
        const traces = await tenantTraces(readTraces(given, { columns }), tenant);
        const { analysis, report } = await analyze(traces, { ...rest, progress: bar.update });
        return {
          json: `${printableJson(analysis)}\n`,
          lines: headline(analysis, width),
          page: () => renderReport(report),
        };
      }
    });
  } catch (error) {
    throw inTenantsFlags(error);
  }
}

/** Checks before anything is read that the file can be written. Throws `invalid_option`. */
async function outPath(
  files: readonly string[],
  { out }: TenantsCommandOptions,
): Promise<string | null> {
  if (out === undefined) return null;
  const path = resolve(out);
  await checkWritable(path, files, (head) => /<title>Culprit\b|^\{\s*"version":/.test(head));
  return path;
}

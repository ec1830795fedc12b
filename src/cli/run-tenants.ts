import { resolve } from 'node:path';
import {
  type AnalyzeOptions,
  analyze,
  type ByteInput,
  readTraces,
  renderChanges,
  renderReport,
  tenants,
  tenantTraces,
} from '../culprit.ts';
import { checkWritable, writeWhole } from '../platform/write-whole.ts';
import { printableJson } from '../text/printable.ts';
import { headline } from './headline.ts';
import { inputOf } from './named-files.ts';
import { outputWidth, writeResult } from './output.ts';
import { openInBrowser, reportLine } from './report-file.ts';
import type { StoreOptions } from './store-options.ts';
import { tenantLines } from './tenants-lines.ts';
import { inTenantsFlags, type TenantsCommandOptions } from './tenants-options.ts';
import { withInputs } from './with-inputs.ts';

/** Prints or writes the causes by tenant, or the report of one tenant alone. */
export async function runTenants(
  { files, store }: { readonly files: readonly string[]; readonly store: StoreOptions },
  options: TenantsCommandOptions,
): Promise<void> {
  const path = await outPath(files, options);
  const width = outputWidth();
  try {
    await withInputs(
      options.analysis,
      async (given, progress) => {
        const named = files.map((file) => ({ path: file, name: file }));
        const sources = await inputOf(named, store);
        return options.tenant === undefined
          ? allTenants(sources, { ...given, progress })
          : oneTenant(sources, options.tenant, { ...given, progress });
      },
      async (made, say) => {
        if (path !== null)
          await writeWhole(path, path.endsWith('.json') ? made.json : await made.page());
        if (options.json) writeResult(made.json);
        else writeResult(`\n${made.lines}\n${reportLine(path)}`);
        if (options.open && path !== null) await openInBrowser(path, say);
      },
    );
  } catch (error) {
    throw inTenantsFlags(error);
  }

  async function allTenants(sources: ByteInput, given: AnalyzeOptions) {
    const table = await tenants(sources, given);
    return {
      json: `${printableJson(table)}\n`,
      lines: tenantLines(table, { width, top: options.analysis.top }),
      page: () => renderChanges(table),
    };
  }

  async function oneTenant(
    sources: ByteInput,
    tenant: string,
    { columns = {}, ...given }: AnalyzeOptions,
  ) {
    const traces = await tenantTraces(readTraces(sources, { columns }), tenant);
    const { analysis, report } = await analyze(traces, given);
    return {
      json: `${printableJson(analysis)}\n`,
      lines: headline(analysis, width),
      page: () => renderReport(report),
    };
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

import { existsSync } from 'node:fs';
import type { Analysis } from '../contract/analysis.ts';
import type { GivenCommandRecord } from '../contract/given-command.ts';
import { analyze, renderReport } from '../culprit.ts';
import { printableJson } from '../text/printable.ts';
import { type CommandOptions, inFlags } from './command-options.ts';
import { INCOMPLETE } from './exit-code.ts';
import type { GivenCommand } from './given-command.ts';
import { fileParts, type LabelModel, openLabelModel } from './label-model.ts';
import type { LabelOptions } from './label-options.ts';
import { inputOf, type NamedFile } from './named-files.ts';
import { outputWidth } from './output.ts';
import { rankedList } from './ranked-list.ts';
import { present, reportFile } from './report-file.ts';
import type { StoreOptions } from './store-options.ts';
import { withInputs } from './with-inputs.ts';

/** What is analyzed, and the model that is asked about its causes. */
interface AnalysisSource {
  readonly files: readonly NamedFile[];
  readonly store: StoreOptions;
  /** Null where none can be asked. */
  readonly label: LabelOptions | null;
}

/** Analyzes files or stored traces, prints the ranked list or JSON, writes the report. */
export async function runAnalysis(
  { files, store, label }: AnalysisSource,
  options: CommandOptions,
  command: GivenCommand,
  typed: GivenCommandRecord | null,
): Promise<void> {
  const path = await reportPath(options, files);
  const replaced = path !== null && existsSync(path);
  const asked = await askedAbout(files, store, label, options);
  try {
    await withInputs(
      options,
      async (given, progress) =>
        analyze(await inputOf(files, store), {
          ...given,
          ...(asked !== null && { labelModel: asked.model }),
          ...(typed && { command: typed }),
          progress,
        }),
      async ({ analysis, report }, say) => {
        if (asked !== null) say(asked.usageLine());
        await present({ path, open: options.open }, () => renderReport(report), {
          say,
          textOf: (shown) =>
            options.json
              ? `${printableJson(analysis)}\n`
              : rankedList(analysis, {
                  top: options.top,
                  width: outputWidth(),
                  isTerminal: process.stdout.isTTY,
                  command,
                  report: shown === null ? null : { path: shown, replaced },
                }),
        });
        if (isIncomplete(analysis)) process.exitCode = INCOMPLETE;
      },
    );
  } catch (error) {
    throw inFlags(error);
  } finally {
    await asked?.close();
  }
}

/** The model that is asked about the causes; null where none is named. */
async function askedAbout(
  files: readonly NamedFile[],
  store: StoreOptions,
  label: LabelOptions | null,
  options: CommandOptions,
): Promise<LabelModel | null> {
  if (label?.labelModel === undefined) return null;
  const parts = await fileParts(files.map((file) => file.path));
  return openLabelModel(label.labelModel, label, options, [
    'narrative',
    ...parts,
    JSON.stringify(store),
  ]);
}

/** Something that was asked to judge gave no answer about any trace. */
const isIncomplete = ({ detectors }: Analysis): boolean =>
  detectors.some(
    ({ yes, no, unknown, errors }) => errors > 0 && yes + no === 0 && errors >= unknown,
  );

/** Checks before anything is read that the report can be written. Throws `invalid_option`. */
async function reportPath(
  { out, json }: CommandOptions,
  files: readonly NamedFile[],
): Promise<string | null> {
  if (out === false || (json && out === undefined)) return null;
  const inputs = files.map((file) => file.path);
  return reportFile(out ?? 'culprit-report.html', inputs, /<title>Culprit report\b/);
}

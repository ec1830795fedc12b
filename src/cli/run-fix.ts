import { join, relative, resolve } from 'node:path';
import type { FixTrial } from '../contract/fix.ts';
import type { Judge } from '../contract/judge.ts';
import { type Fixes, type FixFile, fixes } from '../culprit.ts';
import { readSuiteFolder, writeSuiteFiles } from '../platform/suite-folder.ts';
import { printableJson } from '../text/printable.ts';
import { type ReadSuite, suitesIn } from '../verify/verify.ts';
import { commandOptions } from './command-options.ts';
import { EVAL_TITLE, writeReport } from './eval-report-file.ts';
import { addTrials, readTrials } from './fix-history.ts';
import { fixExitCode, fixLines, fixRecord, type ShownFixes } from './fix-lines.ts';
import { type FixOptions, inFixFlags } from './fix-options.ts';
import { fileParts, type LabelModel, openLabelModel } from './label-model.ts';
import { scriptLoader } from './load-script.ts';
import { inputOf } from './named-files.ts';
import { outputWidth, writeResult } from './output.ts';
import { optionJson, readOptionFile } from './read-option-file.ts';
import { openInBrowser, reportFile } from './report-file.ts';
import { spendSlices } from './spend-slices.ts';
import type { StoreOptions } from './store-options.ts';
import { type TrialResult, tryOnTarget } from './try-on-target.ts';
import { withInputs } from './with-inputs.ts';
import { writePromotion } from './write-promotion.ts';

interface FixSource {
  readonly files: readonly string[];
  readonly store: StoreOptions;
}

/** Analyzes the files, proposes changes for one cause, tries them on its suite, prints what came of each. */
export async function runFix(
  source: FixSource,
  cause: string | number,
  options: FixOptions,
): Promise<void> {
  const { suite: folder, redact, redactSalt, cause: _, json, patch, ...analysis } = options;
  const declared = {
    prompt: await declaredFile('--prompt', options.prompt),
    tools: await declaredFile('--tools', options.tools),
  };
  if (declared.tools !== null) optionJson(declared.tools.text, `--tools ${options.tools}`);
  const suites = suitesIn(await readSuiteFolder(folder));
  const page =
    options.out === undefined ? null : await reportFile(options.out, source.files, EVAL_TITLE);
  const runs = options.runs ?? join(folder, 'runs');
  const memory = join(runs, 'fixes.jsonl');
  const tried = readTrials(memory).filter(isSettled(options.target));
  const asked = await openProposer(source, cause, options);
  let judge: Judge | null = null;
  try {
    await withInputs(
      { ...commandOptions({}), ...analysis },
      async (given, progress) => {
        judge = given.judge ?? null;
        const { files, store } = source;
        const named = files.map((path) => ({ path, name: path }));
        return fixes(await inputOf(named, store), {
          ...given,
          ...{ cause, redact, redactSalt, suites, ...declared, tried, progress },
          script: scriptLoader(join(folder, 'suite.yaml')),
          ...(asked !== null && { labelModel: asked.model }),
        });
      },
      async (found, say) => {
        if (asked !== null) say(asked.usageLine());
        const notTried = whyNotTried(found, options, declared);
        const trial =
          notTried === null
            ? await tryOnTarget(
                { ...found, ...(await suiteOf(found, folder, suites)), declared, runs, judge },
                options,
              )
            : null;
        if (trial !== null) addTrials(memory, trial.trials);
        const spent = trial?.spends == null ? null : await spendSlices(...trial.spends);
        const shown: ShownFixes = { found, trial, notTried, memory, options };
        const failed = page === null || trial === null ? null : await writePage(page, trial);
        const patched = patchOf(shown);
        if (patch !== undefined && patched !== null)
          await writeSuiteFiles([{ path: patch, text: patched }]);
        const result = {
          ...{ ...shown, patch: patched === null ? null : (patch ?? null) },
          report: failed === null && trial !== null ? page : null,
        };
        writeResult(
          json ? `${printableJson(fixRecord(result))}\n` : fixLines(result, outputWidth()),
        );
        if (failed !== null) throw failed;
        if (spent !== null && spent.failed !== null) throw spent.failed;
        if (options.open && result.report !== null) await openInBrowser(result.report, say);
        process.exitCode = fixExitCode(shown);
      },
    );
  } catch (error) {
    throw inFixFlags(error);
  } finally {
    await asked?.close();
  }
}

/** A file under the name that a diff gives it: from here, so that the patch can be applied here. */
const declaredFile = (option: string, file: string | undefined): Promise<FixFile | null> =>
  readOptionFile(option, file, (text) => ({ name: relative('.', resolve(file ?? '')), text }));

/** Whether trying a hypothesis on this target again would bring nothing new. */
const isSettled =
  (target: string | undefined) =>
  (trial: FixTrial): boolean =>
    (trial.verdict === 'refuted' || trial.verdict === 'relocated') &&
    (target === undefined || trial.target === target);

/** The model that proposes; null where none is named. */
async function openProposer(
  { files, store }: FixSource,
  cause: string | number,
  options: FixOptions,
): Promise<LabelModel | null> {
  if (options.labelModel === undefined) return null;
  const parts = await fileParts(files);
  return openLabelModel(options.labelModel, options, options, [
    ...['fix', String(cause), ...parts],
    JSON.stringify(store),
  ]);
}

/** Why the hypotheses stay what they are; null where they can be tried. */
function whyNotTried(
  { promotion: { suite }, proposals }: Fixes,
  { target }: FixOptions,
  { prompt, tools }: { readonly prompt: FixFile | null; readonly tools: FixFile | null },
): string | null {
  if (target === undefined) return 'no target is named: add --target, and --prompt or --tools';
  if (prompt === null && tools === null)
    return 'the target declares neither its prompt nor its tools: name the files with --prompt and --tools';
  if (proposals.length === 0) return 'there is nothing to try';
  if (suite.checks.every(({ provisional }) => provisional === true))
    return 'no check of the suite can decide: it has a provisional judge alone. Add a check of your own (culprit checks)';
  return null;
}

/** The suite of the cause as it is in its folder, where it is written first if it has new cases. */
async function suiteOf(
  { promotion, cluster }: Fixes,
  folder: string,
  before: readonly ReadSuite[],
): Promise<{ readonly read: ReadSuite; readonly isNew: boolean }> {
  const { path } = await writePromotion(promotion, folder, before);
  const read = suitesIn(await readSuiteFolder(path)).find(
    ({ suite }) => suite.cause.id === cluster.id,
  );
  return { read: read!, isNew: promotion.diff === null };
}

/** Writes the report of the run that decided: of the hypothesis that works, else of the last. The error where that fails. */
async function writePage(path: string, { tried, pathOf, suite }: TrialResult): Promise<unknown> {
  const [first] = tried;
  const shown = tried.find(({ verdict }) => verdict === 'works') ?? tried.at(-1);
  if (first === undefined || shown === undefined) return null;
  const { result, header } = shown;
  return await writeReport(path, {
    ...{ result, header, file: pathOf(header), spent: true, path: suite.file },
    ...{ baselineFile: shown === first ? null : pathOf(first.header), baselineArm: 'baseline' },
  });
}

/** The change that works, or the first one if none was tried. Null if there are no changes. */
function patchOf({ found: { proposals }, trial }: ShownFixes): string | null {
  const working = trial?.tried.find(({ verdict }) => verdict === 'works')?.hypothesis;
  const chosen = trial === null ? proposals[0]?.hypothesis : working;
  return chosen?.diff ?? null;
}

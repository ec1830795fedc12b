import type { CheckInput } from '../contract/check.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import type { AnalyzeOptions } from '../culprit.ts';
import { checksIn as sentencesIn } from '../detect/detect.ts';
import { parseJsonFile } from '../text/json-file.ts';
import type { FileChecks } from '../verify/verify.ts';
import { analysisOptions, type CommandOptions } from './command-options.ts';
import { embedderFor } from './embedder.ts';
import { judgeFor } from './judge.ts';
import { loadDetectors } from './load-detectors.ts';
import { scriptLoader } from './load-script.ts';
import { readOptionFile } from './read-option-file.ts';
import type { Surroundings } from './surroundings.ts';

export interface AnalysisInputs {
  readonly options: AnalyzeOptions;
  /** One line for each of the user's detectors that made the run slow. */
  readonly slow: () => readonly string[];
}

/** What the flags of a command name: files read, modules loaded, models ready to be asked. */
export async function analysisInputs(
  options: CommandOptions,
  surroundings: Surroundings,
): Promise<AnalysisInputs> {
  const own = await loadDetectors(options.detector);
  const { detectors, questions } = await fileChecks(options);
  const policy = await readOptionFile('--policy', options.policy, parseJsonFile);
  const checks = [...(await checksOf(options)), ...questions];
  const judge = await judgeFor(options, surroundings);
  const { embedder: _, ...resolved } = analysisOptions(options, { policy, checks });
  return {
    options: {
      ...resolved,
      detectors: [...own.detectors, ...detectors],
      embedder: await embedderFor(options, surroundings),
      ...(judge !== null && { judge }),
    },
    slow: own.slow,
  };
}

/** Checks of files: detectors, and what a model has to be asked. What they need is loaded only where there are some. */
async function fileChecks({ checkFile, judge }: CommandOptions): Promise<FileChecks> {
  if (checkFile.length === 0) return { detectors: [], questions: [] };
  const { checksIn } = await import('../verify/verify.ts');
  const all: FileChecks[] = [];
  for (const file of checkFile) {
    const text = await readOptionFile('--check-file', file, (content) => content);
    const found = await checksIn(text ?? '', file, scriptLoader(file));
    if (found.questions.length > 0 && judge === undefined)
      throw new CulpritError(
        'invalid_option',
        `--check-file ${file}: the check judge needs a model: name one with --judge openai:<model>`,
      );
    all.push(found);
  }
  return {
    detectors: all.flatMap(({ detectors }) => detectors),
    questions: all.flatMap(({ questions }) => questions),
  };
}

async function checksOf(options: CommandOptions): Promise<readonly (string | CheckInput)[]> {
  const inFile = await readOptionFile('--checks', options.checksFile, sentencesIn);
  return [...options.checks, ...(inFile ?? [])];
}

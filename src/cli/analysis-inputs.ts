import type { AnalyzeOptions } from '../culprit.ts';
import { parseJsonFile } from '../text/json-file.ts';
import { checkFiles } from './check-files.ts';
import { analysisOptions, type CommandOptions } from './command-options.ts';
import { embedderFor } from './embedder.ts';
import { judgeFor } from './judge.ts';
import { loadDetectors } from './load-detectors.ts';
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
  const { detectors, questions } = await checkFiles(options);
  const policy = await readOptionFile('--policy', options.policy, parseJsonFile);
  const checks = [...options.checks, ...questions];
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

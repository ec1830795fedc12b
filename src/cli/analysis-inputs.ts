import type { CheckInput } from '../contract/check.ts';
import type { AnalyzeOptions } from '../culprit.ts';
import type { Detector } from '../detect/define.ts';
import { checksIn } from '../detect/detect.ts';
import { parseJsonFile } from '../text/json-file.ts';
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
  const checked = await detectorsOf(options.checkFile);
  const policy = await readOptionFile('--policy', options.policy, parseJsonFile);
  const checks = await checksOf(options);
  const judge = await judgeFor(options, surroundings);
  const { embedder: _, ...resolved } = analysisOptions(options, { policy, checks });
  return {
    options: {
      ...resolved,
      detectors: [...own.detectors, ...checked],
      embedder: await embedderFor(options, surroundings),
      ...(judge !== null && { judge }),
    },
    slow: own.slow,
  };
}

/** Checks of files as detectors. What they need is loaded only where there are some. */
async function detectorsOf(files: readonly string[]): Promise<readonly Detector[]> {
  if (files.length === 0) return [];
  const { detectorsOfChecks } = await import('../verify/verify.ts');
  const detectors: Detector[] = [];
  for (const file of files) {
    const text = await readOptionFile('--check-file', file, (content) => content);
    detectors.push(...(await detectorsOfChecks(text ?? '', file)));
  }
  return detectors;
}

async function checksOf(options: CommandOptions): Promise<readonly (string | CheckInput)[]> {
  const inFile = await readOptionFile('--checks', options.checksFile, checksIn);
  return [...options.checks, ...(inFile ?? [])];
}

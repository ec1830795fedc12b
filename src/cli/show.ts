import { Command, Option } from 'commander';
import { CulpritError } from '../contract/culprit-error.ts';
import { parseAnalysis, parseReport } from '../contract/parse-analysis.ts';
import { taxonomy } from '../detect/detect.ts';
import { causeIssue, causePrompt, causeTraces, type HandoffSource } from '../handoff/handoff.ts';
import { fileSource } from '../platform/file-source.ts';
import { templateData } from '../platform/report-template.ts';
import { writeResult } from './output.ts';

const FORMATS = { md: causeIssue, prompt: causePrompt, jsonl: causeTraces } as const;

export const showCommand = (): Command =>
  new Command('show')
    .argument('<cause>', 'Rank or id of the cause.')
    .argument(
      '[file]',
      'The report, or the output of `culprit analyze --json`.',
      'culprit-report.html',
    )
    .addOption(new Option('--md', 'Print it as an issue in Markdown (default).'))
    .addOption(
      new Option('--prompt', 'Print it as a prompt for a coding agent.').conflicts(['md', 'jsonl']),
    )
    .addOption(new Option('--jsonl', 'Print its traces as JSON Lines.').conflicts(['md', 'prompt']))
    .action(async (cause: string, file: string, options: Readonly<Record<string, unknown>>) => {
      const format = options['prompt'] ? 'prompt' : options['jsonl'] ? 'jsonl' : 'md';
      const source = sourceIn(await textOf(file), file);
      if (format === 'prompt' && source.analysis.options.all)
        throw new CulpritError(
          'invalid_option',
          '--prompt asks for a fix, but with --all the traces were grouped whether they failed or not. Analyze them without --all, or use --md',
        );
      const text = FORMATS[format](source, idOf(cause, source));
      if (text === null) throw unknown(cause, source);
      writeResult(text);
    });

const MOST_BYTES = 400_000_000;

/** The whole of a file, or of standard input for `-`. Throws `unreadable_file`. */
async function textOf(path: string): Promise<string> {
  const source = await fileSource(path, { maxBytes: MOST_BYTES });
  try {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of source.open()) text += decoder.decode(chunk, { stream: true });
    return text + decoder.decode();
  } finally {
    await source.close?.();
  }
}

/** The data of a report, or of an analysis alone. Throws `unknown_format` for anything else, `old_analysis`. */
function sourceIn(text: string, file: string): HandoffSource {
  const data = templateData(text);
  if (data !== null) return parseReport(data);
  if (!text.trimStart().startsWith('{'))
    throw new CulpritError(
      'unknown_format',
      `${file} is no report of culprit and no output of culprit analyze --json`,
    );
  const analysis = parseAnalysis(text);
  return {
    analysis,
    categories: taxonomy({ detectors: [], checks: [] }),
    traces: [],
    pairs: [],
    traceUrl: analysis.options.traceUrl,
    archive: '',
  };
}

/** The id of the cause of this rank; anything else is an id already. */
function idOf(cause: string, { analysis }: HandoffSource): string {
  const rank = Number(cause);
  return analysis.clusters.find((each) => each.rank === rank)?.id ?? cause;
}

function unknown(cause: string, { analysis: { clusters } }: HandoffSource): CulpritError {
  const ranks = clusters.filter(({ rank }) => rank !== null).length;
  const [first] = clusters;
  const known =
    first === undefined
      ? 'it has no causes'
      : `give ${ranks === 0 ? 'an id' : `a rank from 1 to ${ranks}, or an id`} such as ${first.id}`;
  return new CulpritError('invalid_option', `there is no cause ${cause.slice(0, 80)}: ${known}`);
}

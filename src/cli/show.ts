import { Command, Option } from 'commander';
import { CulpritError } from '../contract/culprit-error.ts';
import { causeIssue, causePrompt, causeTraces, type HandoffSource } from '../handoff/handoff.ts';
import { writeResult } from './output.ts';
import { reportText, sourceIn } from './report-source.ts';

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
      const source = sourceIn(await reportText(file), file);
      if (format === 'prompt' && source.analysis.options.all)
        throw new CulpritError(
          'invalid_option',
          '--prompt asks for a fix, but with --all the traces were grouped whether they failed or not. Analyze them without --all, or use --md',
        );
      const text = FORMATS[format](source, idOf(cause, source));
      if (text === null) throw unknown(cause, source);
      writeResult(text);
    });

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

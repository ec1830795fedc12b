import { type AnalysisInputs, analysisInputs } from './analysis-inputs.ts';
import type { CommandOptions } from './command-options.ts';
import { exitCodeOf } from './exit-code.ts';
import { writeMessage } from './output.ts';
import { type ProgressBar, progressBar } from './progress.ts';

/** Opens what the flags name, shows progress until the work is done, and closes everything again, also when it is stopped. */
export async function withInputs(
  options: CommandOptions,
  work: (inputs: AnalysisInputs, bar: ProgressBar) => Promise<void>,
): Promise<void> {
  const bar = await progressBar(process.stderr, options.judge !== undefined);
  const opened: { readonly close: () => Promise<void> }[] = [];
  const say = (line: string): void => {
    bar.stop();
    writeMessage(line);
  };
  const stop = (): void => {
    say('stopped; nothing written');
    process.exit(exitCodeOf('aborted'));
  };
  process.once('SIGINT', stop);
  try {
    const inputs = await analysisInputs(options, { onOpen: (each) => opened.push(each), say });
    await work(inputs, bar);
    for (const line of inputs.slow()) say(line);
  } finally {
    process.off('SIGINT', stop);
    bar.stop();
    for (const each of opened) await each.close();
  }
}

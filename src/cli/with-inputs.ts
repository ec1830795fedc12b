import { type AnalysisInputs, analysisInputs } from './analysis-inputs.ts';
import type { CommandOptions } from './command-options.ts';
import { exitCodeOf } from './exit-code.ts';
import { writeMessage } from './output.ts';
import { type ProgressBar, progressBar } from './progress.ts';

type Say = (line: string) => void;

/**
 * Opens what the flags name, shows progress while `find` works, and then shows what it found. Closes everything again,
 * also after an error. Ctrl-C during `find` ends the process before anything is written.
 */
export async function withInputs<Found>(
  options: CommandOptions,
  find: (inputs: AnalysisInputs['options'], progress: ProgressBar['update']) => Promise<Found>,
  show: (found: Found, say: Say) => Promise<void>,
): Promise<void> {
  const bar = await progressBar(process.stderr, options.judge !== undefined);
  const opened: { readonly close: () => Promise<void> }[] = [];
  const say: Say = (line) => {
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
    const found = await find(inputs.options, bar.update);
    process.off('SIGINT', stop);
    bar.stop();
    for (const line of inputs.slow()) say(line);
    await show(found, say);
  } finally {
    process.off('SIGINT', stop);
    bar.stop();
    for (const each of opened) await each.close();
  }
}

import { printable } from '../text/printable.ts';
import { exitCodeOf } from './exit-code.ts';
import { style } from './style.ts';

/** A result to standard output: styles of our own stay, any other control character goes. */
export const writeResult = (text: string): void => {
  process.stdout.write(printable(text, true));
};

/** Columns of what is printed: those of the terminal, 110 in a pipe. */
export const outputWidth = (): number => process.stdout.columns ?? 110;

/** A line to standard error. It may hold names of files, words of traces and of endpoints, so nothing but text stays. */
export const writeMessage = (text: string): void => {
  process.stderr.write(`${printable(text)}\n`);
};

/** An error in one line, or with what follows it. */
export const writeError = (message: string): void => {
  process.stderr.write(`${errorWord()} ${printable(message)}\n`);
};

/** What every message about an error begins with. */
export const errorWord = (): string => style('red', 'error', process.stderr);

/** Ends the process quietly when its reader left (`culprit analyze … | head`), and with one sentence when output cannot be written. */
export function watchOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    writeError(`the output cannot be written: ${REASONS[error.code ?? ''] ?? error.message}`);
    process.exit(exitCodeOf('unwritable_file'));
  });
  process.stderr.on('error', () => {});
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EIO: 'the disk or terminal failed',
};

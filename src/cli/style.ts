import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Colored when the stream is a terminal and NO_COLOR is not set; plain otherwise. */
export const style = (
  format: Format,
  text: string,
  stream: NodeJS.WritableStream = process.stdout,
): string => styleText(format, text, { stream });

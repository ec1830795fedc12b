/**
 * Makes text of a trace safe to put in a prompt: removes control and invisible characters (which hide text
 * from people) and breaks up the markers that separate the parts of chat formats.
 */
export const sanitizeForPrompt = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[^\P{Cc}\t\n]|\p{Cf}/gu, '')
    .replaceAll(/<\||\|>/g, (mark) => [...mark].join(' '))
    .replaceAll(/\[(\/?INST)\]/gi, '[ $1 ]')
    .replaceAll(/<<(\/?SYS)>>/gi, '< <$1> >')
    .replaceAll(
      /<(\/?(?:s|think|system|user|assistant|start_of_turn|end_of_turn|bos|eos))>/gi,
      '< $1 >',
    );

/** The same on one short line. */
export const sanitizeLine = (text: string): string =>
  sanitizeForPrompt(text.slice(0, 200)).replaceAll(/\s+/g, ' ').trim().slice(0, 80);

/**
 * Text of a trace as it may stand in a prompt: no control or invisible characters (which hide text from
 * people), and the marks by which chat formats tell their parts apart broken up.
 */
export const neutral = (text: string): string =>
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
export const neutralLine = (text: string): string =>
  neutral(text.slice(0, 200)).replaceAll(/\s+/g, ' ').trim().slice(0, 80);

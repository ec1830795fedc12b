import { byText } from '../../text/by-text.ts';

/**
 * Whether a message hands over retrieved passages inside the prompt, as question-answering chains do: an
 * instruction at either end to use the context, and a block that is labelled so (`Context:`, `<documents>`).
 */
export const holdsContext = (text: string): boolean => text.length >= SHORTEST && handsOver(text);

const handsOver = byText((text) => LABEL.test(text.slice(0, LABEL_LIMIT)) && ASKS.test(ends(text)));

/** Whether an instruction forbids answering from anything but the context. */
export const onlyFromContext: (text: string) => boolean = byText((text) => ONLY.test(ends(text)));

const SHORTEST = 300;
const LABEL_LIMIT = 20_000;

/** Instructions come before or after the passages. */
const ends = (text: string): string =>
  text.length <= 1200 ? text : `${text.slice(0, 600)}\n${text.slice(-600)}`;

const CONTEXT = '(?:context|documents?|passages?|excerpts?|sources|search results)';
const ASKS = new RegExp(
  `\\b(?:us(?:e|ing)|based (?:\\w{1,12} )?on|from|given|contained in|rely(?:ing)? on)\\b[^.\\n]{0,60}\\b${CONTEXT}\\b`,
  'i',
);
const LABEL = new RegExp(
  `(?:^|\\n)[^\\w\\n]{0,6}(?:(?:retrieved|provided|relevant|reference) )?${CONTEXT}(?: information)?(?: is below)?[^\\w\\n]{0,6}(?:\\n|:\\s)|<(?:context|documents?|passages?|sources?|excerpts?)\\b`,
  'i',
);
const ONLY = new RegExp(
  `\\b(?:only|solely|exclusively|strictly)\\b[^.\\n]{0,60}\\b${CONTEXT}\\b|\\b${CONTEXT}\\b[^.\\n]{0,20}\\b(?:only|alone)\\b|\\bnot (?:on )?prior knowledge\\b|\\b(?:do not|don't|never) (?:use|rely on|add|include|invent)\\b[^.\\n]{0,60}\\b(?:outside|prior|beyond|not in)\\b`,
  'i',
);

const list = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** English words that carry grammar and no topic, contractions of verbs included; `'s` is how `words` gives a possessive. */
export const FUNCTION_WORDS: ReadonlySet<string> = list(
  "a an the and or but if then else of to in on at by for from with without into onto over under above below about through as is are was were be been being am do does did doing done has have had having will would shall should can could may might must not no nor so than too very just also only own same such that this these those there here it its it's he she they his her them their our your my me we us you i who whom whose which what when where why how all any both each few more most other some now s t don dont doesn't didn't isn't aren't wasn't weren't won't can't cannot 's per between during after before while because since until upon via out up down off again further once",
);

/** What every request says: instructions, and the words for asking and answering. */
const REQUEST_WORDS = list(
  'please let give tell provide based using use used answer question following according',
);

/** Words that say nothing of the topic of a request or of its answer. */
export const STOP_WORDS: ReadonlySet<string> = FUNCTION_WORDS.union(REQUEST_WORDS);

export const isStopWord = (word: string): boolean => STOP_WORDS.has(word);

import { stem } from '../text/stem.ts';
import { isStopWord } from '../text/stop-words.ts';
import { words } from '../text/words.ts';

/** From this overlap on, two people would mix up two names. */
export const ALIKE = 2 / 3;

/** Stems of words that say that something is wrong and not what. */
const VAGUE: ReadonlySet<string> = new Set(
  (
    'bad wrong poor good incorrect invalid broken weird strange odd off fail failed failure error issue problem bug ' +
    'mistake quality answer answers response reply output result message text content model agent llm ai bot assistant ' +
    'run trace other others misc miscellaneous general unknown unclear thing stuff something else'
  )
    .split(' ')
    .map(stem),
);

/** Stems of the words of a text that say what it is about. */
export const topics = (text: string): ReadonlySet<string> =>
  new Set(
    words(text)
      .filter((word) => !isStopWord(word))
      .map(stem)
      .filter((word) => !VAGUE.has(word)),
  );

/** Share of their words that two texts have in common, 0 to 1. */
export function overlap(one: ReadonlySet<string>, two: ReadonlySet<string>): number {
  const both = one.intersection(two).size;
  return both === 0 ? 0 : both / (one.size + two.size - both);
}

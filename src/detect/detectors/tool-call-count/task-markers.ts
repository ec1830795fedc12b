/** The words by which a text lists three or more tasks or things ("First … Also … Lastly"); null when it lists fewer. */
export function taskMarkers(text: string): readonly string[] | null {
  const head = text.slice(0, 5_000);
  const things = markersIn(head, THING);
  if (countDistinct(things) >= FEWEST) return things;
  const steps = markersIn(head, STEP);
  const before = steps.some((marker) => /^first/i.test(marker)) ? 0 : 1;
  return countDistinct(steps) + before >= FEWEST ? steps : null;
}

const FEWEST = 3;
const THING = /\bthe\s(first|second|third|fourth|fifth|sixth)\s\p{L}/giu;
const STEP =
  /(?:^|[.?!"\n]\s{0,3})(?:and\s)?(first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|last(?:ly)?|finally|next|after that|also|then|additionally|on (?:a|another) (?:completely |totally )?(?:different )?note)\b(?=,|\s(?:i|can|could|please|find|what|how|you|calculate|tell|get)\b)/gi;

const markersIn = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? '');

const countDistinct = (markers: readonly string[]): number =>
  new Set(markers.map((marker) => marker.toLowerCase())).size;

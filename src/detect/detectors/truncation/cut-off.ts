/** Where a text breaks off and the piece that shows it. */
export interface CutOff {
  readonly where: 'inside json' | 'inside a code block' | 'in the middle of a sentence';
  readonly quote: string;
}

/** Shorter texts may end anywhere: a name, a number, a word. */
const SHORTEST = 200;

/**
 * Whether a text stops in the middle: inside a code fence, inside JSON, in the middle of a word or
 * before the end of a sentence. Only signs that a complete text does not show.
 */
export function cutOff(text: string): CutOff | null {
  if (text.length < SHORTEST) return null;
  const last = text.charCodeAt(text.length - 1);
  if (ENDS.has(last))
    return isOpenJson(text) ? { where: 'inside json', quote: text.slice(-120) } : null;
  const end = text.trimEnd();
  if (isOpenJson(end)) return { where: 'inside json', quote: end.slice(-120) };
  if (countFences(end) % 2 === 1) return { where: 'inside a code block', quote: end.slice(-120) };
  const line = end.slice(end.lastIndexOf('\n') + 1);
  return UNFINISHED.test(line)
    ? { where: 'in the middle of a sentence', quote: line.slice(-120) }
    : null;
}

const ENDS = new Set([...'.!?)]}"\'`*:'].map((character) => character.charCodeAt(0)));

/** A line that ends on a comma, or on a word that is always followed by another. */
const UNFINISHED =
  /\w,$|\s(?:the|a|an|and|or|of|to|in|with|for|by|from|that|which|because|is|are|was|were|has|have|their|its|your|my|our|as|at|on|into|than|such|if|when|while|but|between)$/;

function isOpenJson(text: string): boolean {
  const first = text.trimStart()[0];
  if (first !== '{' && !(first === '[' && /^\s*\[\s*[[{"]/.test(text))) return false;
  const tail = text.trimEnd().at(-1);
  return tail !== '}' && tail !== ']' && /"\s{0,5}:/.test(text.slice(0, 400));
}

const countFences = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf('```'); at !== -1; at = text.indexOf('```', at + 3)) count++;
  return count;
};

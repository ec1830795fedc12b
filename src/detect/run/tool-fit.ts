import type { ToolDefinition } from '../../contract/trace.ts';
import { nameWords } from '../../text/name-words.ts';
import { stem } from '../../text/stem.ts';
import { isStopWord } from '../../text/stop-words.ts';

/** How well a tool answers a request, by the words they share. Shares of the tool's own words, 0 to 1. */
export interface Fit {
  readonly name: number;
  readonly description: number;
  /** Content words in the tool's name. */
  readonly words: number;
}

/** Content words of a text, as stems. */
export function stemsOf(text: string): ReadonlySet<string> {
  const stems = new Set<string>();
  for (const word of nameWords(text.slice(0, 20_000))) {
    if (word.length > 2 && !TOOL_WORDS.has(word) && !isStopWord(word)) stems.add(stem(word));
  }
  return stems;
}

/** The content words of a tool's name, and those that its description adds. */
export interface ToolStems {
  readonly name: ReadonlySet<string>;
  readonly description: ReadonlySet<string>;
}

/** The stems of a tool. `run.toolStems` keeps them. */
export function toolStems(tool: ToolDefinition): ToolStems {
  const name = stemsOf(tool.name);
  const description = new Set(
    [...stemsOf(tool.description.slice(0, 2_000))].filter((word) => !name.has(word)),
  );
  return { name, description };
}

/** Words of a tool that a request shares, by stem or by common beginning of four letters. */
export const fitOf = (request: ReadonlySet<string>, { name, description }: ToolStems): Fit => ({
  name: shared(name, request),
  description: shared(description, request),
  words: name.size,
});

const shared = (own: ReadonlySet<string>, request: ReadonlySet<string>): number =>
  own.size === 0 ? 1 : countShared(own, request) / own.size;

/** How many stems occur among others too, whole or as the beginning of one another. */
export function countShared(own: ReadonlySet<string>, others: ReadonlySet<string>): number {
  let count = 0;
  for (const word of own) if (others.has(word) || hasKin(word, others)) count++;
  return count;
}

const hasKin = (word: string, request: ReadonlySet<string>): boolean => {
  if (word.length < 4) return false;
  for (const other of request) {
    if (other.length >= 4 && (other.startsWith(word) || word.startsWith(other))) return true;
  }
  return false;
};

/** Words of almost every description of a tool. */
const TOOL_WORDS: ReadonlySet<string> = new Set(
  'calculate check compute data default detail determine example find float function get given help info information integer know like list make many much name need number one optional retrieve return search set show specific string two type value want within'.split(
    ' ',
  ),
);

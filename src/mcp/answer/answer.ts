import type { Recorded } from './recorded.ts';

/** A value of an answer. */
export type Value =
  | string
  | number
  | boolean
  | null
  | Recorded
  | readonly Value[]
  | { readonly [name: string]: Value | undefined };

export type Fields = { readonly [name: string]: Value | undefined };

/** What to do next: a tool to call, and the command line that does the same where there is one. */
interface Next {
  readonly tool: string;
  readonly arguments?: Readonly<Record<string, string | number | boolean>>;
  readonly command?: string;
  readonly why: string;
}

/** What a tool found. */
export interface Answer {
  /** Bounded facts, which every page repeats. */
  readonly facts: Fields;
  /** What comes in pages, under its name. */
  readonly list?: { readonly name: string; readonly items: readonly Fields[] };
  readonly next: Next;
}

import type { Trace } from '../../contract/trace.ts';
import { words } from '../../text/words.ts';
import { toolSteps } from '../../trace/steps.ts';

/** What two traces are compared by: the words of the request and the tools that were called. */
export interface Likened {
  readonly trace: Trace;
  readonly words: ReadonlySet<string>;
  readonly tools: ReadonlySet<string>;
}

const MOST_WORDS = 500;
/** The request counts most: a control asks for the same thing. */
const TOOL_WEIGHT = 0.5;

export const likened = (trace: Trace): Likened => ({
  trace,
  words: new Set(words(trace.input, MOST_WORDS)),
  tools: new Set(toolSteps(trace).map(({ tool }) => tool)),
});

/** How alike two traces are, 0 to 1.5: Jaccard of the words, and half that of the tools. */
export const likeness = (a: Likened, b: Likened): number =>
  jaccard(a.words, b.words) + TOOL_WEIGHT * jaccard(a.tools, b.tools);

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 && b.size === 0) return 0;
  let shared = 0;
  for (const each of a) if (b.has(each)) shared += 1;
  return shared / (a.size + b.size - shared);
}

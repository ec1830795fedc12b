import type { ToolDefinition, Trace } from '../../contract/trace.ts';
import type { Why } from '../../contract/why.ts';
import { nameWords } from '../../text/name-words.ts';
import { FUNCTION_WORDS } from '../../text/stop-words.ts';
import { quoted } from './quoted.ts';
import type { Subject } from './subject.ts';

/** Descriptions share at least this part of their content words (Jaccard). */
const ALIKE = 0.6;
const FEWEST_WORDS = 3;
const MOST_TOOLS = 100;

/**
 * A wrong tool was chosen, and its description says nearly the same as that of another tool on offer. Tools
 * are chosen by their descriptions, whatever the application. Outranks the default layer: both
 * descriptions are quoted.
 */
export function similarTools({ category, exemplars, tools }: Subject): Why | null {
  if (category !== 'tool_wrong_tool') return null;
  for (const { trace } of exemplars) {
    const pair = mostAlike(trace, tools);
    if (pair === null) continue;
    const [one, other] = pair;
    return {
      statement: `Likely because the descriptions of \`${one.name}\` and \`${other.name}\` are nearly the same`,
      layer: 'tool',
      evidence: pair.map((tool) =>
        quoted(trace, `/tools/${trace.tools.indexOf(tool)}/description`, tool.description),
      ),
    };
  }
  return null;
}

/** The tool most like one that the title names. */
function mostAlike(
  { tools }: Trace,
  named: readonly string[],
): readonly [ToolDefinition, ToolDefinition] | null {
  let best: readonly [ToolDefinition, ToolDefinition] | null = null;
  let most = ALIKE;
  const read = tools.slice(0, MOST_TOOLS).map((tool) => ({ tool, words: contentOf(tool) }));
  for (const one of read.filter(({ tool }) => named.includes(tool.name)))
    for (const other of read) {
      if (one === other) continue;
      const alike = jaccard(one.words, other.words);
      if (alike < most || (alike === most && best !== null)) continue;
      most = alike;
      best = [one.tool, other.tool];
    }
  return best;
}

const contentOf = ({ description }: ToolDefinition): ReadonlySet<string> =>
  new Set(nameWords(description.slice(0, 2_000)).filter((word) => !FUNCTION_WORDS.has(word)));

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (Math.min(a.size, b.size) < FEWEST_WORDS) return 0;
  const shared = a.intersection(b).size;
  return shared / (a.size + b.size - shared);
}

import type { Trace } from '../../contract/trace.ts';
import type { Why } from '../../contract/why.ts';
import { median } from '../../numeric/statistics/sample.ts';
import { count } from '../../text/format.ts';
import { quoted } from './quoted.ts';
import type { Subject } from './subject.ts';

/** About 2,500 tokens of English: less does not crowd out a context. */
const LARGE = 10_000;
/** Against the other tools. */
const TIMES = 5;

/**
 * One tool returns far more text than the others: a median of at least 10,000 characters, five times the
 * median of all other tools, in most exemplars. Only for kinds of failure that too much text explains: loops,
 * lost facts, cut answers, time and tokens. Outranks the default layer, after checks that quote instructions.
 */
export function tooMuchText({ category, exemplars }: Subject): Why | null {
  if (!CATEGORIES.has(category)) return null;
  const results = exemplars.flatMap(({ trace }) => resultsOf(trace));
  const byTool = Map.groupBy(results, ({ tool }) => tool);
  for (const [tool, own] of byTool) {
    const size = median(own.map(({ text }) => text.length));
    const others = results.filter((each) => each.tool !== tool);
    const usual = median(others.map(({ text }) => text.length));
    const calling = new Set(own.map(({ trace }) => trace)).size;
    if (size < LARGE || size < TIMES * usual || calling * 2 < exemplars.length) continue;
    const largest = own.reduce((best, each) => (each.text.length > best.text.length ? each : best));
    const beside = others.length === 0 ? '' : `, ${count(usual)} for the other tools`;
    return {
      statement: `Likely because \`${tool}\` returns too much text (median ${count(size)} characters${beside})`,
      layer: 'tool',
      evidence: [quoted(largest.trace, largest.path, largest.text.slice(0, 200), largest.spanId)],
    };
  }
  return null;
}

const CATEGORIES: ReadonlySet<string> = new Set([
  'agent_loop',
  'groundedness_miss',
  'hallucinated_entity',
  'truncation',
  'latency_outlier',
  'token_outlier',
  'cost_outlier',
  'unfinished_task',
]);

interface Result {
  readonly trace: Trace;
  readonly tool: string;
  readonly path: string;
  readonly text: string;
  readonly spanId: string | null;
}

const resultsOf = (trace: Trace): readonly Result[] =>
  trace.messages.flatMap(({ role, name, content, spanId }, index) =>
    role === 'tool' && name !== null && content !== ''
      ? [{ trace, tool: name, path: `/messages/${index}/content`, text: content, spanId }]
      : [],
  );

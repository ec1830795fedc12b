import type { Evidence } from '../../contract/signal.ts';
import type { Trace } from '../../contract/trace.ts';
import type { Why } from '../../contract/why.ts';
import type { Subject } from './subject.ts';

/**
 * Prompt injection: what a tool returned, or a retrieved document, tells the model what to do, and the model did it. In
 * any application, because data that gives orders is told apart from instructions only by the prompt. Holds where most
 * exemplars have the signal, whatever the cause is called.
 */
export function instructionsInResult({ exemplars }: Subject): Why | null {
  const followed = exemplars.flatMap(({ trace, signals }) => {
    const signal = signals.find(({ cause }) => cause[0] === 'injection');
    const [source, call] = signal?.evidence ?? [];
    return source === undefined || call === undefined ? [] : [{ trace, source, call }];
  });
  const [first] = followed;
  if (first === undefined || 2 * followed.length < exemplars.length) return null;
  const { trace, source, call } = first;
  return {
    statement: `Likely because ${holderOf(trace, source)} contains instructions and the model followed them`,
    layer: 'prompt',
    evidence: [source, call].map((each) => ({ ...each, traceId: trace.id })),
  };
}

/** What holds the instructions: the tool's result, or a document. */
function holderOf({ messages }: Trace, { path }: Evidence): string {
  const at = /^\/messages\/(\d{1,6})\//.exec(path)?.[1];
  if (at === undefined) return 'a retrieved document';
  const name = messages[Number(at)]?.name ?? null;
  return name === null ? 'a tool result' : `a result of \`${name.replaceAll('`', "'")}\``;
}

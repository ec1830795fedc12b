import type { Span, Trace } from '../../contract/trace.ts';
import type { Why } from '../../contract/why.ts';
import { quoted } from './quoted.ts';
import type { Subject } from './subject.ts';

const HEAD = 200;

/**
 * A guardrail looked at the request and none at the answer, in every exemplar with a guardrail, and the
 * answer is what did the harm. Outranks the default layer: whatever the prompt says, nothing checks the answer.
 */
export function outputNotGuarded({ category, exemplars }: Subject): Why | null {
  if (category !== 'refusal_under_trigger') return null;
  const guarded = exemplars.filter(({ trace }) => guardrailsOf(trace).length > 0);
  const [first] = guarded;
  if (first === undefined || guarded.length * 2 < exemplars.length) return null;
  if (!guarded.every(({ trace }) => coversInputOnly(trace))) return null;
  const { trace } = first;
  const guardrail = guardrailsOf(trace).find((span) => reads(span, trace.input))!;
  return {
    statement: `Likely because the guardrail \`${guardrail.name}\` checks the request and not the answer`,
    layer: 'orchestration',
    evidence: [
      quoted(trace, `/spans/${trace.spans.indexOf(guardrail)}/name`, guardrail.name, guardrail.id),
      quoted(trace, '/output', trace.output),
    ],
  };
}

const guardrailsOf = ({ spans }: Trace): readonly Span[] =>
  spans.filter(({ kind, name }) => kind === 'guardrail' && name !== '');

const coversInputOnly = (trace: Trace): boolean =>
  trace.output !== '' &&
  guardrailsOf(trace).some((span) => reads(span, trace.input)) &&
  !guardrailsOf(trace).some((span) => reads(span, trace.output));

const reads = ({ input }: Span, text: string): boolean =>
  text.trim() !== '' && input.includes(text.trim().slice(0, HEAD));

import type { Trace } from '../../../contract/trace.ts';
import type { CallSite } from '../calls.ts';
import type { Run } from '../run.ts';
import { announcedStep } from './announcement.ts';
import { claimedActs, requestedActs, type SpokenAct } from './spoken-act.ts';
import { toolVerb } from './tool-verb.ts';

/** Where a run shows that it stopped before the task was done. */
export interface Unfinished {
  /**
   * `claimed`: the answer claims an action that no call performed; `announced`: the answer ends on a next
   * step that was never taken; `left out`: an action was requested and the run only looked things up.
   */
  readonly kind: 'claimed' | 'announced' | 'left out';
  /** The action; empty for an announced step. */
  readonly act: SpokenAct['verb'] | '';
  readonly path: '/output' | '/input';
  /** The sentence that shows it, verbatim. */
  readonly text: string;
}

/**
 * How a run that answered stopped short of its task; null when nothing shows that it did. A call whose name
 * does not say what it does may have done anything, so such runs are not judged by their calls.
 */
export function unfinished({ trace, calls }: Run): Unfinished | null {
  const { output, input } = trace;
  if (output.trim() === '' || trace.messages.at(-1)?.toolCalls.length !== 0) return null;
  if (calls.every((site) => isLook(site) || site.result?.isError === true)) {
    const claimed = claimedActs(output, input)[0];
    if (claimed !== undefined) {
      return { kind: 'claimed', act: claimed.verb, path: '/output', text: claimed.text };
    }
  }
  const step = announcedStep(output);
  if (step !== null) return { kind: 'announced', act: '', path: '/output', text: step };
  if (!calls.every(isLook) || answersBack(output) || !isOneRequest(trace)) return null;
  const wanted = requestedActs(input).find(({ verb }) => isOffered(trace, verb));
  return wanted === undefined
    ? null
    : { kind: 'left out', act: wanted.verb, path: '/input', text: wanted.text };
}

const isLook = ({ call }: CallSite): boolean => toolVerb(call.name) === 'read';

/** Asks something, or gives a reason for not acting: the next move is the user's. */
const answersBack = (output: string): boolean => {
  const tail = output.slice(-400);
  const end = COURTEOUS.test(tail) ? tail.replace(COURTESY, '') : tail;
  return ASKS.test(end) || DECLINES.test(output.slice(0, 400)) || DECLINES.test(end);
};

/** Polite endings that say nothing about what was done. */
const COURTEOUS =
  /\b(?:anything else|further (?:assistance|help|questions)|(?:any )?other (?:questions|requests|tasks)|if you (?:need|have|want) (?:any|more|further|assistance|help)|how (?:else )?i can help|happy to (?:help|assist))\b/i;
/** The sentence with such an ending. */
const COURTESY = new RegExp(`[^.!?\\n]{0,160}${COURTEOUS.source}[^.!?\\n]{0,160}[.!?]?\\s*$`, 'i');
const ASKS =
  /\?\W*$|\b(?:could|can|would) you (?:please )?(?:provide|tell|specify|clarify|confirm|share|let)|\bplease (?:provide|specify|clarify|confirm|share|let me know)|\bi(?:'ll| will| would)? need (?:more|some|the|your|to (?:know|ask)|you)\b/i;
const DECLINES =
  /\b(?:cannot|can't|unable to|not able to|sorry|unfortunately|apologi[sz]e|not (?:allowed|permitted|possible|eligible)|against (?:our|the|my) polic)/i;

/** A later message may withdraw the first request. */
const isOneRequest = ({ messages }: Trace): boolean => {
  const asked = messages.flatMap(({ role, content }) => (role === 'user' ? [content] : []));
  return asked.every((content) => content === asked[0]);
};

/** Where the tools were recorded, one of them must be able to do it. */
const isOffered = ({ tools }: Trace, act: SpokenAct['verb']): boolean =>
  tools.length === 0 || tools.some(({ name }) => [act, 'write'].includes(toolVerb(name) ?? ''));

import type { ReactNode } from 'react';
import type { Narrative } from '../../../contract/narrative.ts';
import { moment } from '../../../text/moments.ts';
import { Proposed } from '../../report/views/cause/Proposed.tsx';
import type { CauseNarrative } from './cause-queries.ts';

/** What the label model proposes about a cause, and what becomes of the question. */
export function Narrated(props: {
  readonly told: CauseNarrative | undefined;
  /** Why asking did not work; '' where it did. */
  readonly failed: string;
  /** As people have decided; undefined for none. */
  readonly title: string | undefined;
}): ReactNode {
  const { told, failed, title } = props;
  if (told === undefined) return null;
  const { narrative, question, told: at } = told;
  const state = failed === '' ? questionText(told) : `Not asked. ${failed}`;
  if (narrative === null && state === null) return null;
  return (
    <Proposed narrative={(narrative as Narrative | null) ?? undefined}>
      {narrative !== null && (
        <p className="dim small">
          {at !== null && <>Given on {moment(Date.parse(at))} UTC. </>}
          {titleText(narrative.title, title)}
        </p>
      )}
      <p role="status" data-state={question?.state}>
        {state}
      </p>
    </Proposed>
  );
}

function titleText(proposed: string | null, decided: string | undefined): ReactNode {
  if (proposed === null) return null;
  if (decided === proposed) return 'Its title is accepted.';
  if (decided !== undefined) return 'The title that a person gave stays.';
  return (
    <>
      Press <kbd>a</kbd> to accept the cause with this title.
    </>
  );
}

/** What became of the question; null for nothing to say. */
function questionText({ question, model }: CauseNarrative): string | null {
  if (question === null) return null;
  const again = model === null ? '' : ' Press w to ask again.';
  switch (question.state) {
    case 'waiting':
    case 'running':
      return `Asking ${model ?? 'the model'} what is behind this cause.`;
    case 'failed':
      return `The last question has no answer: ${question.error?.message ?? ''}.${again}`;
    case 'cancelled':
      return `The last question was cancelled.${again}`;
    case 'done':
      return null;
    default: {
      const never: never = question.state;
      return never;
    }
  }
}

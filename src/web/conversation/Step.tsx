import type { ReactNode } from 'react';
import type { PairStep } from '../../contract/report.ts';
import { Marked } from '../parts/Marked.tsx';
import { readable } from './readable.ts';
import { type Mark, splitByQuotes } from './segments.ts';
import { unwrapped } from './unwrapped.ts';

/** Where the quotes of a step stand. */
export interface StepMarks {
  readonly text: readonly Mark[];
  readonly result: readonly Mark[];
}

/** One step of one side: a message, or a call and its result. */
export function Step(props: {
  readonly step: PairStep | null;
  readonly marks?: StepMarks | undefined;
  readonly isRight?: boolean;
  /** How the run of this side ended, where that is known. */
  readonly outcome: 'pass' | 'fail' | null;
  readonly isDifferent: boolean;
  readonly isLast: boolean;
}): ReactNode {
  const { step, marks, isRight, outcome, isDifferent, isLast } = props;
  return (
    <div
      className="pair-step"
      data-right={isRight || undefined}
      data-outcome={outcome ?? undefined}
      data-different={isDifferent || undefined}
      data-last={isLast || undefined}
    >
      {step === null ? (
        <p className="pair-none">no step</p>
      ) : step.kind === 'tool' ? (
        <Call step={step} marks={marks} />
      ) : (
        <>
          <p className="pair-who">{step.kind}</p>
          <p dir="auto">
            <Marked segments={splitByQuotes(messageText(step.text, marks), marks?.text ?? [])} />
          </p>
        </>
      )}
    </div>
  );
}

/** An answer in JSON reads as its text, unless evidence stands in the JSON around it. */
function messageText(text: string, marks: StepMarks | undefined): string {
  const short = unwrapped(text);
  return (marks?.text ?? []).every(({ quote }) => short.includes(quote)) ? short : readable(text);
}

function Call(props: {
  readonly step: PairStep;
  readonly marks: StepMarks | undefined;
}): ReactNode {
  const { step, marks } = props;
  return (
    <>
      <p className="pair-call">
        <b>{step.tool}</b>(
        <Marked segments={splitByQuotes(readable(step.text), marks?.text ?? [])} />)
      </p>
      {step.result !== null && (
        <p className="pair-result" data-failed={step.failed || undefined}>
          → {step.failed && <span className="hidden">failed: </span>}
          <Marked segments={splitByQuotes(readable(step.result), marks?.result ?? [])} />
        </p>
      )}
    </>
  );
}

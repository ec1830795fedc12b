import type { ReactNode } from 'react';
import type { CaseVerdict } from '../../../contract/verdict.ts';
import { CASE_WORDS } from '../model/words.ts';

/** A case as a small square: full where it passes, striped where it is flaky, hollow where it fails, gray where nothing is known. */
export function CaseCell(props: {
  readonly verdict: CaseVerdict;
  /** Said beside it, so that a screen reader need not hear it twice. */
  readonly isSaid?: boolean;
}): ReactNode {
  const { verdict, isSaid } = props;
  return (
    <>
      <span
        className="case-cell"
        data-verdict={verdict}
        title={CASE_WORDS[verdict]}
        aria-hidden="true"
      />
      {isSaid !== true && <span className="hidden">{CASE_WORDS[verdict]}</span>}
    </>
  );
}

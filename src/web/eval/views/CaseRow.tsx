import type { ReactNode } from 'react';
import { Coded } from '../../parts/Coded.tsx';
import { Tag } from '../../parts/Tag.tsx';
import { caseRoute, hashOf } from '../model/route.ts';
import type { ShownCase } from '../model/run-model.ts';
import { CASE_WORDS, saidOf } from '../model/words.ts';
import { CaseCell } from './CaseCell.tsx';

/** One case in a line or two: before and after, its request, and why it does not pass. */
export function CaseRow(props: {
  readonly shown: ShownCase;
  /** Whether the run has more than one cause. */
  readonly withCause: boolean;
}): ReactNode {
  const { shown, withCause } = props;
  const { cause, own } = shown;
  const { id, role, input, why, baseline, isRegression, isQuarantined } = own;
  return (
    <div className="case-row" data-short={(why === '' && !withCause) || undefined}>
      <span className="case-row-cells">
        {baseline !== null && (
          <>
            <CaseCell verdict={baseline.verdict} />
            <span className="dim" aria-hidden="true">
              →
            </span>
          </>
        )}
        <CaseCell verdict={own.verdict} isSaid />
      </span>
      <span className="case-row-text">
        <a className="case-link" href={hashOf(caseRoute(cause.id, id))} dir="auto">
          {input === '' ? id : input}
        </a>
        <span className="case-row-why" dir="auto">
          <Coded text={why === '' && withCause ? cause.title : why} />
        </span>
      </span>
      <span className="case-row-said">
        <span>
          {baseline !== null && baseline.verdict !== own.verdict && (
            <span className="dim">{CASE_WORDS[baseline.verdict]} → </span>
          )}
          <b>{saidOf(own)}</b>
        </span>
        <span className="dim">
          {role}
          {isQuarantined ? ', quarantined' : ''}
        </span>
        {isRegression && <Tag kind="fail">passed before</Tag>}
      </span>
    </div>
  );
}

/** Moves the focus to the next or previous case. */
export function focusCase(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>('.case-link')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'nearest' });
}

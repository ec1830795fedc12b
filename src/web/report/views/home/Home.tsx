import { type ReactNode, useState } from 'react';
import { plural } from '../../../../text/format.ts';
import { focusNext } from '../../../hooks/focus-next.ts';
import { type KeyMap, useKeys } from '../../../hooks/use-keys.ts';
import { useCauseActions } from '../../hooks/use-cause-actions.ts';
import type { Lead as LeadText } from '../../model/lead.ts';
import type { Levels } from '../../model/levels.ts';
import type { ReportModel } from '../../model/report-model.ts';
import type { Scope } from '../../model/scope.ts';
import type { Scoped, ScopedCause } from '../../model/scoped.ts';
import { wordsOf } from '../../model/words.ts';
import { TraceList } from '../list/TraceList.tsx';
import type { CauseColumn } from './CauseRow.tsx';
import { CauseTable } from './CauseTable.tsx';
import { Lead } from './Lead.tsx';
import { LevelSwitch } from './LevelSwitch.tsx';
import { NoCauses, type NoCausesAdvice } from './NoCauses.tsx';

/** What a page that keeps decisions adds to the list. */
export interface HomeAdditions {
  /** In place of the sentence of the formula. */
  readonly formula: ReactNode;
  readonly columns: readonly CauseColumn[];
  /** In place of the heading of causes without a rank that people have decided about. */
  readonly groups: (cause: ScopedCause) => string | null;
  readonly keys: (cause: ScopedCause | null) => KeyMap;
  /** Below the first lines. */
  readonly note: ReactNode;
  /** In place of options of the command line. */
  readonly advice: NoCausesAdvice;
}

/** What to fix first, what changed, and all causes by priority. */
export function Home(props: {
  readonly model: ReportModel;
  readonly scoped: Scoped;
  readonly scope: Scope;
  readonly lead: LeadText;
  readonly levels: Levels['all'];
  readonly onLevel: (level: number) => void;
  readonly onScope: (scope: Scope) => void;
  readonly additions?: HomeAdditions;
}): ReactNode {
  const { model, scoped, scope, lead, levels, onLevel, onScope, additions } = props;
  const words = wordsOf(model.analysis);
  const [focused, setFocused] = useState<string | null>(null);
  const chosen =
    scoped.ranked.find(({ cluster }) => cluster.id === focused) ?? lead.first ?? scoped.ranked[0];
  const actions = useCauseActions(model, chosen ?? null);
  const hasCauses = scoped.ranked.length + scoped.unexplained.length > 0 && scoped.sampled > 0;
  useKeys({
    ...(hasCauses && {
      'j ArrowDown': () => focusNext('.cause-link', 1),
      'k ArrowUp': () => focusNext('.cause-link', -1),
    }),
    ...(levels.length > 1 && {
      '[': () => onLevel(model.level - 1),
      ']': () => onLevel(model.level + 1),
    }),
    ...actions.keys,
    ...additions?.keys(chosen ?? null),
  });
  return (
    <>
      <Lead
        model={model}
        scope={scope}
        lead={lead}
        actions={actions}
        onScope={onScope}
        withCoverage={additions === undefined}
      />
      {additions?.note}
      {hasCauses ? (
        <>
          <div className="table-head">
            <h2 aria-live="polite">
              {plural(
                words.isAll ? model.clusters.length : scoped.ranked.length,
                words.cause,
                words.causes,
              )}
            </h2>
            {!words.isAll && (
              <span className="dim small">
                {additions?.formula ?? sentenceCase(model.analysis.formula)}
              </span>
            )}
            <LevelSwitch levels={levels} level={model.level} onLevel={onLevel} />
          </div>
          <CauseTable
            model={model}
            scoped={scoped}
            scope={scope}
            chosen={chosen?.cluster.id ?? null}
            onFocus={setFocused}
            {...(additions !== undefined && {
              columns: additions.columns,
              groups: additions.groups,
            })}
          />
        </>
      ) : (
        <>
          <NoCauses
            model={model}
            alone={scoped.alone.length}
            onShowAll={scoped.keep === null ? null : onScope}
            {...(additions !== undefined && { advice: additions.advice })}
          />
          {scoped.alone.length > 0 && (
            <TraceList
              model={model}
              failures={scoped.alone}
              label="Traces alike to no other"
              withCause={false}
            />
          )}
        </>
      )}
    </>
  );
}

const sentenceCase = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

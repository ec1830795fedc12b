import type { ReactNode } from 'react';
import { Button } from '../../../parts/Button.tsx';
import { Coded } from '../../../parts/Coded.tsx';
import { useGo, useLink } from '../../hooks/links.ts';
import type { CauseActions } from '../../hooks/use-cause-actions.ts';
import type { Lead as LeadText } from '../../model/lead.ts';
import type { ReportModel } from '../../model/report-model.ts';
import type { Scope } from '../../model/scope.ts';
import { Coverage } from './Coverage.tsx';
import { FailingOverTime } from './FailingOverTime.tsx';

/** The first lines: what to fix first, what changed, what was covered, and what to do now. */
export function Lead(props: {
  readonly model: ReportModel;
  readonly scope: Scope;
  readonly lead: LeadText;
  readonly actions: CauseActions;
  readonly onScope: (scope: Scope) => void;
  /** Whether it says what was covered, where no other place does. */
  readonly withCoverage: boolean;
}): ReactNode {
  const { model, scope, lead, actions, onScope, withCoverage } = props;
  const link = useLink();
  const go = useGo();
  const { first } = lead;
  const target = first === null ? null : link({ kind: 'cluster', id: first.cluster.id });
  return (
    <div className="lead">
      <div className="lead-text">
        <h1 tabIndex={-1}>
          {lead.label !== '' && <span className="lead-label">{lead.label} </span>}
          {target === null ? (
            <Coded text={lead.claim} />
          ) : (
            <a href={target}>
              <Coded text={lead.claim} />
            </a>
          )}
          {lead.counts !== '' && <span className="lead-counts"> {lead.counts}</span>}
        </h1>
        {(lead.change !== null || lead.rates !== null) && (
          <p className="lead-change">
            <span className="dim">What changed:</span>{' '}
            {lead.change !== null && (
              <strong>
                <Coded text={lead.change} />.
              </strong>
            )}{' '}
            {lead.rates !== null && (
              <span>
                <Coded text={lead.rates} />.
              </span>
            )}
          </p>
        )}
        {lead.worth !== null && <p className="lead-worth">{lead.worth}.</p>}
        {withCoverage && <Coverage model={model} sentence={lead.coverage} />}
        {first !== null && target !== null && (
          <div className="actions">
            <Button main shortcut="1" onPress={() => go(target)}>
              Open cause 1
            </Button>
            <Button shortcut="f" onPress={actions.copyPrompt}>
              Copy prompt for a coding agent
            </Button>
            <Button shortcut="y" onPress={actions.copyIssue}>
              Copy as issue
            </Button>
          </div>
        )}
      </div>
      <FailingOverTime model={model} scope={scope} onScope={onScope} />
    </div>
  );
}

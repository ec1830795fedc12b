import { decisionsOf } from '../../decide/decide.ts';
import type { TelemetryStore } from '../../store/telemetry/telemetry.ts';
import type { Analyses } from '../analysis/analyses.ts';
import { causeRules } from '../cause-rules.ts';
import { recordDecision } from '../record-decision.ts';
import type { ServerContext } from '../server-context.ts';
import { causeProof } from './cause-proof.ts';

type Deps = Pick<ServerContext, 'workspace' | 'clock' | 'newId'> & {
  readonly store: Pick<TelemetryStore, 'failuresByCause' | 'trafficBy'>;
  readonly analyses: Pick<Analyses, 'members'>;
};

/** Who reopens causes. */
const SCHEDULE = 'schedule';

/** Says of every fixed cause that surely more than a third of its failures are left that it has regressed. */
export async function reopenFixed(deps: Deps, project: string): Promise<void> {
  const decisions = decisionsOf(await deps.workspace.decisions(project));
  const fixed = [...decisions.causes].filter(([, { state }]) => state === 'fixed');
  if (fixed.length === 0) return;
  const rules = await causeRules(deps, project, decisions);
  for (const [id, { fixedIn }] of fixed) {
    if (fixedIn === undefined) continue;
    const { state } = await causeProof(deps.store, project, { id, rules }, fixedIn);
    if (state === 'regressed')
      await recordDecision(deps, { project, by: SCHEDULE }, 'reopen', [
        { kind: 'cause', subject: id, field: 'state', value: 'regressed' },
      ]);
  }
}

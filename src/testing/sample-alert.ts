import { ALERT_VERSION, type Alert } from '../contract/alert.ts';

/** An alert of a watcher of failures. */
export const sampleAlert = (project: string, parts: Partial<Alert> = {}): Alert => ({
  ...{ alertVersion: ALERT_VERSION, kind: 'opened', incident: 'failures-5', at: 5, since: 5 },
  ...{ project, owner: 'Ada', headline: '12% of the traces fail, usually 4%' },
  watcher: { id: 'failures', name: 'Failures', of: { kind: 'failures' } },
  ...{ value: 0.12, usual: 0.04, causes: [], unexplained: null, traces: ['t1'], digest: null },
  ...{ next: 'culprit analyze', url: null },
  ...parts,
});

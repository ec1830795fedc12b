import type { Cluster } from '../../../contract/cluster.ts';
import { plural } from '../../../text/format.ts';
import { copyText } from '../../parts/copy-text.ts';
import { saveText } from '../../parts/save-text.ts';
import { causeAsIssue, causeAsPrompt, causeAsRows } from '../model/cause-texts.ts';
import type { ReportModel } from '../model/report-model.ts';
import type { ScopedCause } from '../model/scoped.ts';
import { notify } from './notice.ts';
import type { KeyMap } from './use-keys.ts';

/** What can be done with a cause, as functions and as keys. */
export interface CauseActions {
  readonly copyIssue: () => void;
  readonly copyPrompt: () => void;
  readonly exportTraces: () => void;
  readonly keys: KeyMap;
}

/** Each says afterwards what it did; without a cause they do nothing. */
export function useCauseActions(model: ReportModel, cause: ScopedCause | null): CauseActions {
  const copyIssue = (): void => {
    if (cause !== null) copy(causeAsIssue(model, cause), 'Copied the issue as Markdown');
  };
  const copyPrompt = (): void => {
    if (cause !== null) copy(causeAsPrompt(model, cause), 'Copied the prompt');
  };
  const exportTraces = (): void => {
    if (cause === null) return;
    saveText(causeAsRows(model, cause), fileName(cause.cluster), 'application/jsonl');
    notify(`Saved ${plural(cause.members.length, 'trace')}`);
  };
  // A group of traces is nothing to fix.
  const isAll = model.analysis.options.all;
  return {
    copyIssue,
    copyPrompt,
    exportTraces,
    keys: { x: exportTraces, ...(isAll ? {} : { y: copyIssue, f: copyPrompt }) },
  };
}

const fileName = ({ id }: Cluster): string => `${id.replace(/[^\w-]/g, '_')}.jsonl`;

/** Copies, and says whether it worked. */
export function copy(text: string, done: string): void {
  copyText(text).then(
    () => notify(done),
    () => notify('The browser refused to copy'),
  );
}

import type { Cluster } from '../../../contract/cluster.ts';
import { causeIssue, causePrompt, causeTraces } from '../../../handoff/handoff.ts';
import { plural } from '../../../text/format.ts';
import { promoteLine } from '../../../text/promote-line.ts';
import { copy } from '../../hooks/copy.ts';
import { notify } from '../../hooks/notice.ts';
import type { KeyMap } from '../../hooks/use-keys.ts';
import { saveFile } from '../../parts/save-file.ts';
import type { ReportModel } from '../model/report-model.ts';
import type { ScopedCause } from '../model/scoped.ts';

/** What can be done with a cause, as functions and as keys. */
export interface CauseActions {
  readonly copyIssue: () => void;
  readonly copyPrompt: () => void;
  readonly exportTraces: () => void;
  /** The command that turns the cause into a suite; null where there is none. */
  readonly promoteLine: string | null;
  readonly copyPromote: () => void;
  /** Null without a cause. */
  readonly keys: KeyMap | null;
}

/** Each says afterwards what it did; without a cause they do nothing. */
export function useCauseActions(model: ReportModel, cause: ScopedCause | null): CauseActions {
  const copyIssue = (): void => {
    const text = cause && causeIssue(model.data, cause.cluster.id);
    if (text !== null) copy(text, 'Copied the issue as Markdown');
  };
  const copyPrompt = (): void => {
    const text = cause && causePrompt(model.data, cause.cluster.id);
    if (text !== null) copy(text, 'Copied the prompt');
  };
  const exportTraces = (): void => {
    const text = cause && causeTraces(model.data, cause.cluster.id);
    if (cause === null || text === null) return;
    saveFile(text, fileName(cause.cluster), 'application/jsonl');
    notify(`Saved ${plural(cause.cluster.size, 'trace')}`);
  };
  const { command, options } = model.analysis;
  const line = cause === null || command === null ? null : promoteLine(command, cause.cluster.id);
  const copyPromote = (): void => {
    if (line !== null) copy(line, 'Copied the command');
  };
  // A group of traces is nothing to fix.
  const isAll = options.all;
  return {
    copyIssue,
    copyPrompt,
    exportTraces,
    promoteLine: line,
    copyPromote,
    keys: cause && {
      x: exportTraces,
      ...(line === null ? {} : { p: copyPromote }),
      ...(isAll ? {} : { y: copyIssue, f: copyPrompt }),
    },
  };
}

const fileName = ({ id }: Cluster): string => `${id.replace(/[^\w-]/g, '_')}.jsonl`;

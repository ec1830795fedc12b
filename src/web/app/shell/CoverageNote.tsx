import { type ReactNode, useId } from 'react';
import { CoverageStages, coverageText } from '../../report/views/home/Coverage.tsx';
import type { Workspace } from '../workspace/workspace.tsx';

/** On every page: how much of what was received stands behind it. Opens to every stage. */
export function CoverageNote(props: {
  readonly workspace: Workspace | null;
  /** In its place, until there is an analysis. */
  readonly instead: string;
}): ReactNode {
  const { workspace, instead } = props;
  const id = useId();
  if (workspace === null) return <p className="coverage-note">{instead}</p>;
  const { model, lead } = workspace;
  return (
    <>
      <button type="button" className="coverage-note" popoverTarget={id}>
        {coverageText(model, lead.coverage)}
      </button>
      <div id={id} popover="auto" className="coverage-box coverage-stages">
        <CoverageStages model={model} />
      </div>
    </>
  );
}

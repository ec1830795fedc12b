import { type ReactNode, useId } from 'react';
import { CoverageStages, coverageText } from '../../report/views/home/Coverage.tsx';
import type { Workspace } from '../workspace/workspace.tsx';

/** On every page: how much of what was received stands behind it. Opens to every stage. */
export function CoverageNote(props: { readonly workspace: Workspace }): ReactNode {
  const { model, lead } = props.workspace;
  const id = useId();
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

import { type ReactNode, useEffect, useId, useState } from 'react';
import type { Cluster } from '../../../contract/cluster.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useNavigation } from '../../report/hooks/links.ts';
import { pairOf } from '../decide/pair.ts';
import { useDecide } from '../decide/use-decide.ts';
import { useWorkspace } from '../workspace/workspace.tsx';
import { setField } from './set-field.ts';

/** Makes the failures of a cause count for another one, now and from now on. */
export function MergeDialog(props: {
  readonly cluster: Cluster;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { cluster, isOpen, onClose } = props;
  const { causes } = useWorkspace();
  const { address, href, go } = useNavigation();
  const { decide } = useDecide();
  const id = useId();
  const others = causes.filter((cause) => cause.cluster.id !== cluster.id);
  const first = others[0]?.cluster.id ?? '';
  const [into, setInto] = useState(first);
  useEffect(() => {
    if (isOpen) setInto(first);
  }, [isOpen, first]);
  return (
    <FormDialog
      title="Merge into another cause"
      isOpen={isOpen}
      onClose={onClose}
      verb="Merge"
      canSave={into !== ''}
      onSave={() => {
        decide('merge', [
          setField(cluster.id, 'mergedInto', into),
          { kind: 'pair', subject: pairOf(cluster.id, into), field: 'apart', value: null },
        ]);
        go(href({ ...address, route: { kind: 'cluster', id: into } }), 'replace');
      }}
    >
      <p>“{cluster.title.replaceAll('`', '')}” counts from now on for</p>
      <label htmlFor={id} className="hidden">
        The cause that stays
      </label>
      <select
        id={id}
        className="field"
        value={into}
        onChange={(event) => setInto(event.target.value)}
      >
        {others.map(({ cluster: other }) => (
          <option key={other.id} value={other.id}>
            {other.rank === null ? '' : `${other.rank}. `}
            {other.title.replaceAll('`', '')}
          </option>
        ))}
      </select>
      <p className="dim small">
        Failures that arrive later count for it, too, until you undo the merge or separate the two.
      </p>
    </FormDialog>
  );
}

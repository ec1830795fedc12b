import { type ReactNode, useEffect, useId, useState } from 'react';
import type { Cluster } from '../../../contract/cluster.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useDecide } from '../decide/use-decide.ts';
import { useWorkspace } from '../workspace/workspace.tsx';
import { setField } from './set-field.ts';

/** Says in a person's own words what a cause is, and what kind it is. */
export function EditDialog(props: {
  readonly cluster: Cluster;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { cluster, isOpen, onClose } = props;
  const { model } = useWorkspace();
  const { decide } = useDecide();
  const id = useId();
  const [title, setTitle] = useState(cluster.title);
  const [category, setCategory] = useState(cluster.category);
  useEffect(() => {
    if (!isOpen) return;
    setTitle(cluster.title);
    setCategory(cluster.category);
  }, [isOpen, cluster.title, cluster.category]);
  const categories = [...model.categoryById.values()].toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const changes = [
    ...(title.trim() !== cluster.title ? [setField(cluster.id, 'title', title.trim())] : []),
    ...(category !== cluster.category ? [setField(cluster.id, 'category', category)] : []),
  ];
  return (
    <FormDialog
      title="Edit the cause"
      isOpen={isOpen}
      onClose={onClose}
      verb="Save"
      canSave={title.trim() !== '' && changes.length > 0}
      onSave={() => decide('edit', [setField(cluster.id, 'proposal', 'edited'), ...changes])}
    >
      <label htmlFor={`${id}-title`}>
        What happens, in one sentence. Names of code in `backticks`
      </label>
      <textarea
        id={`${id}-title`}
        className="field"
        rows={3}
        maxLength={300}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <label htmlFor={`${id}-category`}>Category</label>
      <select
        id={`${id}-category`}
        className="field"
        value={category}
        onChange={(event) => setCategory(event.target.value)}
      >
        {!model.categoryById.has(category) && <option value={category}>{category}</option>}
        {categories.map(({ id: value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
      <p className="dim small">{model.categoryById.get(category)?.definition ?? ''}</p>
    </FormDialog>
  );
}

import { type ReactNode, useId, useState } from 'react';
import type { Routes } from '../../../client/client.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useTaxonomy } from '../label/label-queries.ts';

type Said = Routes['POST /labels']['body']['label'];

/** What traces can be besides real failures. */
const OTHERS = {
  bad_item: 'No failure: a bad item',
  harness_error: 'No failure: a setup error',
  label_problem: 'No failure: a wrong label',
} as const;

/** Asks for one label for several traces: a category, or what they are if not failures. */
export function LabelDialog(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly onSave: (label: Said) => void;
}): ReactNode {
  const { title, onClose, onSave } = props;
  const { data } = useTaxonomy();
  const id = useId();
  const categories = data?.taxonomy.categories ?? [];
  const [chosen, setChosen] = useState('');
  const [note, setNote] = useState('');
  const other = Object.keys(OTHERS).find((kind) => kind === chosen) as
    | keyof typeof OTHERS
    | undefined;
  return (
    <FormDialog
      title={title}
      isOpen
      onClose={onClose}
      verb="Label"
      canSave={chosen !== ''}
      onSave={() =>
        onSave({
          ...(other === undefined
            ? { triage: 'genuine', category: chosen }
            : { triage: other, category: null }),
          note: note.trim(),
        })
      }
    >
      <label htmlFor={`${id}category`}>Category</label>
      <select
        id={`${id}category`}
        className="field"
        value={chosen}
        onChange={(event) => setChosen(event.target.value)}
      >
        <option value="" disabled>
          Choose …
        </option>
        {categories.map((category) => (
          <option key={category.id} value={category.id}>
            {category.name}
          </option>
        ))}
        {Object.entries(OTHERS).map(([kind, text]) => (
          <option key={kind} value={kind}>
            {text}
          </option>
        ))}
      </select>
      <p className="dim small">{categories.find((each) => each.id === chosen)?.definition ?? ''}</p>
      <label htmlFor={`${id}note`}>Note</label>
      <input
        id={`${id}note`}
        className="field"
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <p className="dim small">Your labels of these traces are replaced.</p>
    </FormDialog>
  );
}

import { type ReactNode, useEffect, useId, useState } from 'react';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useDecide } from '../decide/use-decide.ts';
import { setField } from './set-field.ts';

/** What people have to say about a cause. */
export function NoteDialog(props: {
  readonly id: string;
  readonly note: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { id, note, isOpen, onClose } = props;
  const { decide } = useDecide();
  const field = useId();
  const [typed, setTyped] = useState(note);
  useEffect(() => {
    if (isOpen) setTyped(note);
  }, [isOpen, note]);
  return (
    <FormDialog
      title="Note"
      isOpen={isOpen}
      onClose={onClose}
      verb="Save"
      canSave={typed.trim() !== note}
      onSave={() =>
        decide('note', [setField(id, 'note', typed.trim() === '' ? null : typed.trim())])
      }
    >
      <label htmlFor={field}>What others should know about this cause</label>
      <textarea
        id={field}
        className="field"
        rows={8}
        maxLength={20_000}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </FormDialog>
  );
}

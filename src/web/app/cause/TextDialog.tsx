import { type ReactNode, useEffect, useId, useState } from 'react';
import { FormDialog } from '../../parts/FormDialog.tsx';

/** Asks for one line of text. An empty line takes the value back. */
export function TextDialog(props: {
  readonly title: string;
  readonly label: string;
  readonly type: 'text' | 'url';
  readonly value: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onSave: (value: string | null) => void;
}): ReactNode {
  const { title, label, type, value, isOpen, onClose, onSave } = props;
  const id = useId();
  const [typed, setTyped] = useState(value);
  useEffect(() => {
    if (isOpen) setTyped(value);
  }, [isOpen, value]);
  return (
    <FormDialog
      title={title}
      isOpen={isOpen}
      onClose={onClose}
      verb="Save"
      onSave={() => onSave(typed.trim() === '' ? null : typed.trim())}
    >
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="field"
        type={type}
        maxLength={200}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </FormDialog>
  );
}

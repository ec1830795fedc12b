import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from './Icon.tsx';

/** A dialog with a form, which Esc closes. Enter saves, Ctrl Enter from a text of several lines. */
export function FormDialog(props: {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** What the main button says. */
  readonly verb: string;
  /** Whether there is something to save. Default true. */
  readonly canSave?: boolean;
  readonly onSave: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { title, isOpen, onClose, verb, canSave = true, onSave, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!isOpen) return dialog.current?.close();
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>('.form-body :is(input, textarea, select)')?.focus();
  }, [isOpen]);
  // The dialog gives the focus back, and then tells that it is closed.
  const close = (): void => dialog.current?.close();
  return (
    <dialog ref={dialog} className="form-dialog" aria-label={title} onClose={onClose}>
      {isOpen && (
        <form
          onKeyDown={(event) => {
            // In a text of several lines, Enter begins the next.
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
              event.currentTarget.requestSubmit();
          }}
          onSubmit={(event) => {
            event.preventDefault();
            if (!canSave) return;
            onSave();
            close();
          }}
        >
          <header>
            <h2>{title}</h2>
            <button type="button" className="icon-button" aria-label="Close" onClick={close}>
              <Icon name="close" />
            </button>
          </header>
          <div className="form-body">{children}</div>
          <footer>
            <button type="button" className="button" onClick={close}>
              Cancel
            </button>
            <button type="submit" className="button" data-main="" disabled={!canSave}>
              {verb}
            </button>
          </footer>
        </form>
      )}
    </dialog>
  );
}

import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from '../parts/Icon.tsx';
import type { KeySection } from './key-help.ts';

/** The keyboard shortcuts, in a dialog that the browser closes with Esc. */
export function Help(props: {
  readonly sections: readonly KeySection[];
  readonly open: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { sections, open, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} className="help" aria-label="Keys" onClose={onClose}>
      <header>
        <h2>Keys</h2>
        <button type="button" className="icon-button" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div className="help-sections">
        {sections.map(([name, keys]) => (
          <section key={name}>
            <h3>{name}</h3>
            <dl>
              {keys.map(([pressed, meaning]) => (
                <div key={meaning}>
                  <dt>
                    {pressed.split(' ').map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </dialog>
  );
}

import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from '../../../parts/Icon.tsx';
import { KEYS } from '../../model/key-help.ts';

const SECTIONS = [
  ['everywhere', 'Everywhere'],
  ['home', 'Home'],
  ['cluster', 'A cause'],
  ['trace', 'A trace'],
  ['map', 'Map'],
] as const;

/** The keyboard shortcuts, in a dialog that the browser closes with Esc. */
export function Help(props: { readonly open: boolean; readonly onClose: () => void }): ReactNode {
  const { open, onClose } = props;
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
        {SECTIONS.map(([screen, name]) => (
          <section key={screen}>
            <h3>{name}</h3>
            <dl>
              {KEYS[screen].map(([keys, meaning]) => (
                <div key={meaning}>
                  <dt>
                    {keys.split(' ').map((key) => (
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

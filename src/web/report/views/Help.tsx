import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from '../parts/Icon.tsx';

const KEYS: readonly (readonly [string, string])[] = [
  ['j  k', 'next, previous cause; the arrows do the same'],
  ['1 … 9', 'open the cause of this rank'],
  ['Enter', 'open the focused item'],
  ['Esc', 'back to all causes'],
  ['[  ]', 'previous, next exemplar'],
  ['e', 'next piece of evidence'],
  ['c', 'copy the trace id'],
  ['/', 'filter causes and traces; Enter lists the matches'],
  ['m', 'go to the map; arrows move, + and - zoom, 0 shows all'],
  ['l', 'lasso: draw around failures to list them'],
  ['<  >', 'broader, narrower causes'],
  ['n', 'failures without a cluster'],
  ['t', 'colors: system, light, dark'],
  ['?', 'this help'],
];

/** The keyboard shortcuts, in a dialog that the browser closes with Esc. */
export function Help(props: { readonly open: boolean; readonly onClose: () => void }): ReactNode {
  const { open, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} className="help" aria-label="Keyboard help" onClose={onClose}>
      <header>
        <h2>Keyboard</h2>
        <button type="button" className="icon-button" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <dl>
        {KEYS.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              {keys.split('  ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}

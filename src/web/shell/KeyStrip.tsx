import type { ReactNode } from 'react';
import { useHeldKeys } from '../hooks/held-keys.ts';
import type { KeyHelp } from './key-help.ts';
import { workingKeys } from './working-keys.ts';

/** Those keys of the screen that do something now, at the bottom; all keys behind `?`. */
export function KeyStrip(props: {
  readonly keys: readonly KeyHelp[];
  readonly onHelp: () => void;
}): ReactNode {
  return (
    <footer className="keys">
      <span className="keys-items">
        {workingKeys(props.keys, useHeldKeys()).map(([keys, meaning]) => (
          <span key={meaning} className="keys-item">
            {keys.split(' ').map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}{' '}
            {meaning}
          </span>
        ))}
      </span>
      <button type="button" className="keys-help" onClick={props.onHelp}>
        <kbd>?</kbd> all keys
      </button>
    </footer>
  );
}

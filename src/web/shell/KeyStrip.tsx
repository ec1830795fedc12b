import type { ReactNode } from 'react';
import type { KeyHelp } from './key-help.ts';

/** The keys of the screen, at the bottom; all keys behind `?`. */
export function KeyStrip(props: {
  readonly keys: readonly KeyHelp[];
  readonly onHelp: () => void;
}): ReactNode {
  return (
    <footer className="keys">
      {props.keys.map(([keys, meaning]) => (
        <span key={meaning} className="keys-item">
          {keys.split(' ').map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}{' '}
          {meaning}
        </span>
      ))}
      <button type="button" className="keys-help" onClick={props.onHelp}>
        <kbd>?</kbd> all keys
      </button>
    </footer>
  );
}

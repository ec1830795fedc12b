import { useEffect, useLayoutEffect, useRef } from 'react';
import { holdKeys } from './held-keys.ts';

/**
 * Actions by key name, as in KeyboardEvent.key; several keys for one action are separated by spaces. Undefined: the key
 * has nothing to act on now.
 */
export type KeyMap = Readonly<Record<string, (() => void) | undefined>>;

/**
 * Handles single keys on the whole page, except while the user types, holds a modifier, or has a dialog open.
 * @param reach Keys of a `screen` come before those that work `everywhere`, whichever was there first.
 */
export function useKeys(keys: KeyMap, reach: 'screen' | 'everywhere' = 'screen'): void {
  const latest = useRef(keys);
  useLayoutEffect(() => {
    latest.current = keys;
  });
  // Before the page is painted: a key that is pressed as soon as something is seen counts.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isPressing(event.target, event.key)) return;
      if (isTyping(event.target, event.key) || document.querySelector('dialog[open]') !== null)
        return;
      const [, act] =
        Object.entries(latest.current).find(([keys]) => keys.split(' ').includes(event.key)) ?? [];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    // Events reach the document before the window.
    const target = reach === 'screen' ? document : window;
    target.addEventListener('keydown', press as EventListener);
    return () => target.removeEventListener('keydown', press as EventListener);
  }, [reach]);
  const names = Object.keys(keys)
    .filter((name) => keys[name] !== undefined)
    .join(' ');
  useEffect(() => holdKeys(names.split(' ')), [names]);
}

/** Enter opens the focused link or presses the focused button itself. */
const isPressing = (target: EventTarget | null, key: string): boolean =>
  key === 'Enter' && target instanceof HTMLElement && target.closest('a, button, summary') !== null;

/** A slider handles the arrow keys itself, but not letters. */
function isTyping(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches('input[type="range"]')) return key.startsWith('Arrow');
  return target.closest('input, textarea, select') !== null;
}

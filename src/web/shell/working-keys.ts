import type { KeyHelp } from './key-help.ts';

/** Names of keys in the help that differ from KeyboardEvent.key. */
const KEYS: Readonly<Record<string, string>> = {
  Esc: 'Escape',
  '←': 'ArrowLeft',
  '→': 'ArrowRight',
  '↑': 'ArrowUp',
  '↓': 'ArrowDown',
};

/** What the browser handles itself. */
const NATIVE: ReadonlySet<string> = new Set(['Tab', 'Enter']);

/** The keys that do something now. `Enter`, which opens what the keys before it reach, goes with them; so does `Tab`. */
export function workingKeys(
  keys: readonly KeyHelp[],
  held: ReadonlySet<string>,
): readonly KeyHelp[] {
  let works = true;
  return keys.filter(([names]) => {
    const own = names.split(' ').filter((name) => !NATIVE.has(name));
    if (own.length > 0) works = own.every((name) => held.has(keyOf(name)));
    return works;
  });
}

/** `1–9` stands for all of them. */
const keyOf = (name: string): string => KEYS[name] ?? name.replace(/–.*$/, '');

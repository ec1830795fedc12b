import { useEffect, useSyncExternalStore } from 'react';
import type { Scheme } from '../parts/palette.ts';
import { useMedia } from './use-media.ts';

export type Theme = 'auto' | Scheme;

const NEXT: Readonly<Record<Theme, Theme>> = { auto: 'light', light: 'dark', dark: 'auto' };

/** One for the whole page, until it closes. */
let theme: Theme = 'auto';
const listeners = new Set<() => void>();

const subscribe = (changed: () => void): (() => void) => {
  listeners.add(changed);
  return () => listeners.delete(changed);
};

function next(): void {
  theme = NEXT[theme];
  for (const changed of listeners) changed();
}

/** Light, dark, or the system setting; the choice lasts until the page closes. */
export function useTheme(): {
  readonly theme: Theme;
  readonly scheme: Scheme;
  readonly next: () => void;
} {
  const chosen = useSyncExternalStore(subscribe, () => theme);
  const systemIsDark = useMedia('(prefers-color-scheme: dark)');
  useEffect(() => {
    document.documentElement.style.colorScheme = chosen === 'auto' ? 'light dark' : chosen;
  }, [chosen]);
  const scheme = chosen === 'auto' ? (systemIsDark ? 'dark' : 'light') : chosen;
  return { theme: chosen, scheme, next };
}

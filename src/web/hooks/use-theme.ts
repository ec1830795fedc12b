import { useSyncExternalStore } from 'react';
import type { Scheme } from '../parts/palette.ts';
import { useMedia } from './use-media.ts';

export type Theme = 'auto' | Scheme;

const NEXT: Readonly<Record<Theme, Theme>> = { auto: 'light', light: 'dark', dark: 'auto' };
const KEPT = 'culprit-theme';

let theme: Theme = kept();
const listeners = new Set<() => void>();
show();

/** Light, dark, or the system setting: one choice for the whole page, kept for the next visit. */
export function useTheme(): {
  readonly theme: Theme;
  readonly scheme: Scheme;
  readonly next: () => void;
} {
  const chosen = useSyncExternalStore(subscribe, () => theme);
  const systemIsDark = useMedia('(prefers-color-scheme: dark)');
  const scheme = chosen === 'auto' ? (systemIsDark ? 'dark' : 'light') : chosen;
  return { theme: chosen, scheme, next };
}

function next(): void {
  theme = NEXT[theme];
  try {
    localStorage.setItem(KEPT, theme);
  } catch {
    // A page that may keep nothing begins with the system setting.
  }
  show();
  for (const changed of listeners) changed();
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

function show(): void {
  document.documentElement.style.colorScheme = theme === 'auto' ? 'light dark' : theme;
}

function kept(): Theme {
  try {
    const name = localStorage.getItem(KEPT);
    return name === 'light' || name === 'dark' ? name : 'auto';
  } catch {
    return 'auto';
  }
}

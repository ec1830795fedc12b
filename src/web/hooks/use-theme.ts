import { useEffect, useState } from 'react';
import type { Scheme } from '../parts/palette.ts';
import { useMedia } from './use-media.ts';

export type Theme = 'auto' | Scheme;

const NEXT: Readonly<Record<Theme, Theme>> = { auto: 'light', light: 'dark', dark: 'auto' };

/** Light, dark, or the system setting; the choice lasts until the page closes. */
export function useTheme(): {
  readonly theme: Theme;
  readonly scheme: Scheme;
  readonly next: () => void;
} {
  const [theme, setTheme] = useState<Theme>('auto');
  const systemIsDark = useMedia('(prefers-color-scheme: dark)');
  useEffect(() => {
    document.documentElement.style.colorScheme = theme === 'auto' ? 'light dark' : theme;
  }, [theme]);
  const scheme = theme === 'auto' ? (systemIsDark ? 'dark' : 'light') : theme;
  return { theme, scheme, next: () => setTheme(NEXT[theme]) };
}

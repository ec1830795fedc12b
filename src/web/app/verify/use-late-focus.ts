import { useEffect } from 'react';

/** Gives the title of a page the focus that the link to it had: the page was loaded only after the address changed. */
export function useLateFocus(): void {
  useEffect(() => {
    if (document.activeElement === document.body)
      document.querySelector<HTMLElement>('#main h1')?.focus({ preventScroll: true });
  }, []);
}

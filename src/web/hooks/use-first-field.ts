import { type RefObject, useEffect, useRef } from 'react';

/** For a page that is a form: its first field has the focus as soon as it is shown. */
export function useFirstField(): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  return form;
}

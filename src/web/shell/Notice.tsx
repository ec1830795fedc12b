import type { ReactNode } from 'react';
import { useNotice } from '../hooks/notice.ts';

/** What an action has just done. */
export function Notice(): ReactNode {
  const text = useNotice();
  return (
    <p className="notice" role="status" data-shown={text !== '' || undefined}>
      {text}
    </p>
  );
}

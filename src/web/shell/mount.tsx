import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Empty } from '../parts/Empty.tsx';
import type { ReadPage } from './read-page.ts';

/** Draws a page from the data embedded in it, or says why it cannot. */
export function mount<Data>(
  read: (text: string) => ReadPage<Data>,
  view: (data: Data) => ReactNode,
): void {
  const root = document.getElementById('root');
  const embedded = document.getElementById('culprit-data');
  if (root === null) return;
  const page = read(embedded?.textContent ?? '');
  embedded?.remove();
  createRoot(root).render(
    <StrictMode>
      {page.kind === 'page' ? (
        view(page.data)
      ) : (
        <main>
          <Empty title="This report cannot be shown">{page.message}</Empty>
        </main>
      )}
    </StrictMode>,
  );
}

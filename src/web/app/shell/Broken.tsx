import { type ReactNode, useEffect, useState } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { newerScript, reloadOnceFor } from './newer-page.ts';

type Cause = 'unknown' | 'reloading' | 'updated' | 'other';

/**
 * In place of a page that failed. The usual reason is an update of the server: the scripts of the old version are gone.
 * Then the page reloads itself once; if that does not help, it offers another reload.
 */
export function Broken({ error }: { readonly error: unknown }): ReactNode {
  const [cause, setCause] = useState<Cause>('unknown');
  useEffect(() => {
    let isShown = true;
    void newerScript().then((script) => {
      if (!isShown) return;
      if (script === null) setCause('other');
      else setCause(reloadOnceFor(script) ? 'reloading' : 'updated');
    });
    return () => {
      isShown = false;
    };
  }, []);
  if (cause === 'unknown' || cause === 'reloading')
    return (
      <h1 tabIndex={-1} role="status">
        {cause === 'unknown' ? 'One moment' : 'Culprit was updated: loading the new version'}
      </h1>
    );
  return (
    <>
      <h1 tabIndex={-1}>
        {cause === 'updated' ? 'Culprit was updated' : 'This page could not be shown'}
      </h1>
      <Empty
        title={
          cause === 'updated'
            ? 'This page is still the old version'
            : error instanceof Error
              ? error.message
              : String(error)
        }
      >
        <p>Nothing that was saved is lost.</p>
        <p>
          <Button main onPress={() => location.reload()}>
            Reload the page
          </Button>
        </p>
      </Empty>
    </>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Routes } from '../../../client/client.ts';
import { plural } from '../../../text/format.ts';
import { notify } from '../../hooks/notice.ts';
import { reasonOf, useAsking } from '../client/asking.ts';
import { ACTIVITY, type Answer } from '../client/queries.ts';
import { AGREEMENT, TAXONOMY } from '../label/label-queries.ts';

export type TaxonomyChange = Routes['POST /taxonomy/changes']['body']['change'];
type Changed = Answer<'POST /taxonomy/changes'>;

export interface ChangingTaxonomy {
  /** What a change would do, once it was asked for; null otherwise. */
  readonly preview: { readonly change: TaxonomyChange; readonly result: Changed } | null;
  /** Why the last one cannot be made; '' if it can. */
  readonly fault: string;
  readonly look: (change: TaxonomyChange) => void;
  readonly cancel: () => void;
  readonly make: (change: TaxonomyChange) => void;
  readonly ratify: (version: number) => void;
  readonly load: (yaml: string) => void;
  /** Puts a starter in the place of the categories, by its name in the API. */
  readonly start: (starter: string) => void;
}

/** Changes the taxonomy of the project, after a look at how many labels move. */
export function useTaxonomyChange(): ChangingTaxonomy {
  const client = useQueryClient();
  const { project, client: ask } = useAsking();
  const [preview, setPreview] = useState<ChangingTaxonomy['preview']>(null);
  const [fault, setFault] = useState('');

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      setFault('');
    } catch (error) {
      setFault(reasonOf(error));
    }
  };
  const done = (made: Changed, what: string): void => {
    setPreview(null);
    const moved = made.moves.reduce((sum, { labels }) => sum + labels, 0);
    notify(`${what}${moved === 0 ? '' : `, ${plural(moved, 'label')} moved`}. Press u to undo`);
    for (const kind of [TAXONOMY, AGREEMENT, ACTIVITY])
      void client.invalidateQueries({ queryKey: [kind, project] });
  };
  return {
    ...{ preview, fault },
    look: (change) =>
      void attempt(async () => {
        const result = await ask('POST /taxonomy/changes', { body: { change, preview: true } });
        setPreview({ change, result });
      }),
    cancel: () => setPreview(null),
    make: (change) =>
      void attempt(async () =>
        done(await ask('POST /taxonomy/changes', { body: { change } }), 'Changed'),
      ),
    ratify: (version) =>
      void attempt(async () =>
        done(await ask('POST /taxonomy/ratify', { body: { version } }), 'Ratified'),
      ),
    load: (yaml) =>
      void attempt(async () =>
        done(await ask('POST /taxonomy/file', { body: { yaml } }), 'Replaced by the file'),
      ),
    start: (starter) =>
      void attempt(async () => {
        const { items } = await ask('GET /taxonomy/starters');
        const yaml = items.find(({ name }) => name === starter)?.yaml ?? '';
        done(await ask('POST /taxonomy/file', { body: { yaml } }), 'Replaced by the starter');
      }),
  };
}

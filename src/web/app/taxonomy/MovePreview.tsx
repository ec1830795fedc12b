import type { ReactNode } from 'react';
import { plural } from '../../../text/format.ts';
import { Button } from '../../parts/Button.tsx';
import type { Category } from '../label/label-queries.ts';
import type { ChangingTaxonomy, TaxonomyChange } from './use-taxonomy-change.ts';

/** How many labels a change would move, with the buttons to make it or not. */
export function MovePreview(props: {
  readonly categories: readonly Category[];
  readonly preview: NonNullable<ChangingTaxonomy['preview']>;
  readonly onMake: (change: TaxonomyChange) => void;
  readonly onCancel: () => void;
}): ReactNode {
  const { categories, preview, onMake, onCancel } = props;
  const { change, result } = preview;
  const nameOf = (id: string): string =>
    [...result.taxonomy.categories, ...categories].find((each) => each.id === id)?.name ?? id;
  return (
    <section className="card move-preview" aria-label="What would move" role="status">
      <p>
        <b>
          {result.moves.length === 0
            ? 'No label moves.'
            : `${plural(
                result.moves.reduce((sum, { labels }) => sum + labels, 0),
                'label',
              )} would move:`}
        </b>{' '}
        {result.moves
          .map(({ from, to, labels }) => `${labels} from ${nameOf(from)} to ${nameOf(to)}`)
          .join('; ')}
      </p>
      <p className="actions">
        <Button main onPress={() => onMake(change)}>
          Make the change
        </Button>
        <Button onPress={onCancel}>Leave it</Button>
      </p>
    </section>
  );
}

import type { ReactNode } from 'react';
import { plural } from '../../../text/format.ts';
import { Button } from '../../parts/Button.tsx';
import { Card } from '../../parts/Card.tsx';
import { ScrollTable } from '../../parts/ScrollTable.tsx';
import { Guard } from '../access/Guard.tsx';
import type { AgreementNow, Category } from '../label/label-queries.ts';
import { freshCategory } from '../taxonomy/fresh-category.ts';
import { MovePreview } from '../taxonomy/MovePreview.tsx';
import { useTaxonomyChange } from '../taxonomy/use-taxonomy-change.ts';

type Group = AgreementNow['codes'][number];

/** Rows that are shown; the rest are rarer. */
const SHOWN = 20;

/** From codes to categories: what people called the same, where it is now, and what it could become. */
export function CodesCard(props: {
  readonly groups: readonly Group[];
  readonly categories: readonly Category[];
}): ReactNode {
  const { groups, categories } = props;
  const changing = useTaxonomyChange();
  const nameOf = (id: string | null): string =>
    categories.find((each) => each.id === id)?.name ?? id ?? 'no category';
  const split = ({ codes, labels, category }: Group): void => {
    const above = categories.find(({ id }) => id === category);
    const [name] = codes;
    if (above === undefined || name === undefined) return;
    const part = freshCategory(capital(name), above, above.id, categories);
    changing.look({
      ...{ kind: 'split', id: above.id, parts: [part] },
      labels: Object.fromEntries(labels.map((label) => [label, part.id])),
    });
  };
  return (
    <Card title="Codes" aside={plural(groups.length, 'kind')} flush>
      {changing.fault !== '' && (
        <p className="form-fault" role="alert">
          {changing.fault}.
        </p>
      )}
      {changing.preview !== null && (
        <MovePreview
          categories={categories}
          preview={changing.preview}
          onMake={changing.make}
          onCancel={changing.cancel}
        />
      )}
      {groups.length === 0 ? (
        <p className="card-note">
          Nothing is coded yet. Select words of a trace and press i: codes become categories here.
        </p>
      ) : (
        <ScrollTable
          label="Codes"
          columns={[
            'Codes that say the same',
            { name: 'Labels', isNumber: true },
            'Labeled as',
            'Suggestion',
          ]}
          className="label-table"
        >
          {groups.slice(0, SHOWN).map((group) => {
            const { codes, labels, category, inCategory, suggestion, target } = group;
            return (
              <tr key={codes[0]}>
                <td dir="auto">
                  {codes[0]}
                  {codes.length > 1 && <span className="second">{codes.slice(1).join(', ')}</span>}
                </td>
                <td className="num">{labels.length}</td>
                <td>
                  {nameOf(category)}
                  <span className="second">
                    {inCategory} of {labels.length}
                  </span>
                </td>
                <td>
                  {suggestion === 'split' && (
                    <Guard route="POST /taxonomy/changes">
                      <Button onPress={() => split(group)}>
                        Split off<span className="hidden"> {codes[0]}</span>
                      </Button>
                    </Guard>
                  )}
                  {suggestion === 'move' && `${nameOf(target)} says it: label it so`}
                  {suggestion === 'fits' && 'Its category says it'}
                  {suggestion === 'spread' && 'Labeled in many ways: settle what it is first'}
                  {suggestion === 'wait' && 'Too few to tell'}
                </td>
              </tr>
            );
          })}
        </ScrollTable>
      )}
    </Card>
  );
}

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

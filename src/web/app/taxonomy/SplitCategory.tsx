import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useId, useMemo, useState } from 'react';
import { count, plural } from '../../../text/format.ts';
import { Button } from '../../parts/Button.tsx';
import { Card } from '../../parts/Card.tsx';
import { reasonOf, useAsking } from '../client/asking.ts';
import { type Category, TAXONOMY } from '../label/label-queries.ts';
import { pathOf } from '../workspace/addresses.ts';
import { freshCategory } from './fresh-category.ts';
import { type Part, splitLabels } from './split-labels.ts';
import type { TaxonomyChange } from './use-taxonomy-change.ts';

/** Labels that are listed to be placed by hand; words place all of them. */
const LISTED = 200;

/** Divides a category into parts below it: labels go where their words say, or where a person puts them. */
export function SplitCategory(props: {
  readonly category: Category;
  readonly categories: readonly Category[];
  readonly onLook: (change: TaxonomyChange) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { category, categories, onLook, onClose } = props;
  const { project, client } = useAsking();
  const id = useId();
  const [parts, setParts] = useState<readonly Part[]>([{ name: '', words: '' }]);
  const [rest, setRest] = useState<number | null>(null);
  const [byHand, setByHand] = useState<Readonly<Record<string, number | null>>>({});
  const { data: labels, error } = useQuery({
    queryKey: [TAXONOMY, project, 'labels', category.id],
    queryFn: async () =>
      (await client('GET /labels', { query: { category: category.id, limit: 10_000 } })).items,
  });
  const places = useMemo(
    () => splitLabels(labels ?? [], parts, rest, byHand),
    [labels, parts, rest, byHand],
  );
  const takenBy = (part: number | null): number =>
    [...places.values()].filter((place) => place === part).length;
  const codes = [
    ...new Set((labels ?? []).flatMap((label) => label.codes.map(({ code }) => code))),
  ];
  const isNamed = parts.every(({ name }) => name.trim() !== '');
  const set = (at: number, change: Partial<Part>): void =>
    setParts(parts.map((part, place) => (place === at ? { ...part, ...change } : part)));
  const nameOf = ({ name }: Part, at: number): string =>
    name.trim() === '' ? `part ${at + 1}` : name;
  const remove = (at: number): void => {
    const moved = (place: number | null): number | null =>
      place === null || place === at ? null : place > at ? place - 1 : place;
    setParts(parts.filter((_, place) => place !== at));
    setRest(moved(rest));
    setByHand(
      Object.fromEntries(Object.entries(byHand).map(([key, place]) => [key, moved(place)])),
    );
  };
  const look = (): void => {
    const made: Category[] = [];
    for (const { name } of parts)
      made.push(freshCategory(name.trim(), category, category.id, [...categories, ...made]));
    onLook({
      ...{ kind: 'split', id: category.id, parts: made },
      labels: Object.fromEntries(
        [...places].flatMap(([label, place]) => {
          const part = place === null ? undefined : made[place];
          return part === undefined ? [] : [[label, part.id]];
        }),
      ),
    });
  };
  /** Where a label can go. */
  const choices = (
    <>
      <option value="">stays</option>
      {parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
        <option key={at} value={at}>
          {nameOf(part, at)}
        </option>
      ))}
    </>
  );
  return (
    <Card title={`Split ${category.name}`} aside={labels && plural(labels.length, 'label')}>
      <form
        className="form-body split-form"
        onSubmit={(event) => {
          event.preventDefault();
          look();
        }}
      >
        {parts.map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
          <fieldset className="part" key={at}>
            <legend>Part {at + 1}</legend>
            <label>
              <span>Name, which says what goes wrong</span>
              <input
                className="field"
                maxLength={200}
                required
                value={part.name}
                // biome-ignore lint/a11y/noAutofocus: the person has just asked for it
                autoFocus={at === 0}
                onChange={({ target }) => set(at, { name: target.value })}
              />
            </label>
            <label>
              <span>Takes labels whose codes or note have the words</span>
              <input
                className="field"
                list={`${id}codes`}
                maxLength={200}
                value={part.words}
                onChange={({ target }) => set(at, { words: target.value })}
              />
            </label>
            <p className="part-taken">
              <span className="dim">takes {plural(takenBy(at), 'label')}</span>
              {parts.length > 1 && (
                <button type="button" className="link" onClick={() => remove(at)}>
                  Remove<span className="hidden"> part {at + 1}</span>
                </button>
              )}
            </p>
          </fieldset>
        ))}
        <datalist id={`${id}codes`}>
          {codes.map((code) => (
            <option key={code} value={code} />
          ))}
        </datalist>
        <label>
          <span>All other labels</span>
          <select
            className="field"
            value={rest ?? ''}
            onChange={({ target }) => setRest(target.value === '' ? null : Number(target.value))}
          >
            {choices}
          </select>
        </label>
        <p className="dim">
          {count(takenBy(null))} {takenBy(null) === 1 ? 'stays' : 'stay'} with {category.name}.
        </p>
        <p className="actions">
          <Button onPress={() => setParts([...parts, { name: '', words: '' }])}>Add a part</Button>
          <button type="submit" className="button" data-main="" disabled={!isNamed}>
            See what moves
          </button>
          <Button onPress={onClose}>Leave it</Button>
        </p>
      </form>
      {error !== null && <p className="form-fault">{reasonOf(error)}.</p>}
      {labels !== undefined && labels.length > 0 && (
        <details className="by-hand">
          <summary>Place labels by hand</summary>
          <ul>
            {labels.slice(0, LISTED).map((label) => (
              <li key={label.id} className="by-hand-row">
                <span className="by-hand-text" dir="auto">
                  <a
                    className="link"
                    href={pathOf(
                      project,
                      `/${label.kind}s/${encodeURIComponent(label.subject.toWellFormed())}`,
                    )}
                  >
                    {label.subject.slice(0, 8)}
                  </a>{' '}
                  {[...label.codes.map(({ code }) => code), label.note].filter(Boolean).join(', ')}
                </span>
                <select
                  className="field"
                  aria-label={`Label of ${label.subject.slice(0, 8)} goes to`}
                  value={places.get(label.id) ?? ''}
                  onChange={({ target }) =>
                    setByHand({
                      ...byHand,
                      [label.id]: target.value === '' ? null : Number(target.value),
                    })
                  }
                >
                  {choices}
                </select>
              </li>
            ))}
          </ul>
          {labels.length > LISTED && (
            <p className="dim">{count(labels.length - LISTED)} more, which words place.</p>
          )}
        </details>
      )}
    </Card>
  );
}

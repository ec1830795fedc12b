import { type ReactNode, useId, useState } from 'react';
import { notify } from '../../hooks/notice.ts';
import { Button } from '../../parts/Button.tsx';
import { Card } from '../../parts/Card.tsx';
import { TextDialog } from '../cause/TextDialog.tsx';
import { reasonOf, useAsking } from '../client/asking.ts';
import type { Category } from '../label/label-queries.ts';
import type { TaxonomyChange } from './use-taxonomy-change.ts';

/** One category: its words, and how to split, merge, move or remove it. */
export function CategoryForm(props: {
  readonly category: Category;
  readonly categories: readonly Category[];
  readonly warnings: readonly string[];
  readonly onLook: (change: TaxonomyChange) => void;
  readonly onMake: (change: TaxonomyChange) => void;
}): ReactNode {
  const { category, categories, warnings, onLook, onMake } = props;
  const { client } = useAsking();
  const form = useId();
  const [name, setName] = useState(category.name);
  const [definition, setDefinition] = useState(category.definition);
  const [examples, setExamples] = useState(category.examples.join('\n'));
  const [severity, setSeverity] = useState(category.severity);
  const [adding, setAdding] = useState<'part' | 'beside' | null>(null);
  const others = categories.filter(({ id }) => id !== category.id);

  const fresh = (given: string, parent: string | null): Category => ({
    ...{ id: idOf(given, categories), name: given, definition: '', parent },
    ...{ severity: category.severity, layer: category.layer, fixCost: category.fixCost },
    ...{ examples: [], crosswalk: {} },
  });
  /** All labels of the category go to its first part; more parts are added below it. */
  const split = async (given: string): Promise<void> => {
    try {
      const { items } = await client('GET /labels', {
        query: { category: category.id, limit: 10_000 },
      });
      const part = fresh(given, category.id);
      onLook({
        ...{ kind: 'split', id: category.id, parts: [part] },
        labels: Object.fromEntries(items.map(({ id }) => [id, part.id])),
      });
    } catch (error) {
      notify(`Nothing was split. ${reasonOf(error)}`);
    }
  };
  return (
    <Card title={category.name} aside={<code>{category.id}</code>}>
      {warnings.map((warning) => (
        <p key={warning} className="taxonomy-warning">
          {warning}.
        </p>
      ))}
      <form
        className="form-body"
        onSubmit={(event) => {
          event.preventDefault();
          onMake({
            ...{ kind: 'edit', id: category.id },
            fields: {
              ...{ name, definition, severity },
              examples: examples.split('\n').filter((line) => line.trim() !== ''),
            },
          });
        }}
      >
        <label htmlFor={`${form}name`}>Name</label>
        <input
          id={`${form}name`}
          className="field"
          maxLength={200}
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <label htmlFor={`${form}definition`}>Definition: what a good run does</label>
        <textarea
          id={`${form}definition`}
          className="field note-field"
          rows={3}
          maxLength={4000}
          value={definition}
          onChange={(event) => setDefinition(event.target.value)}
        />
        <label htmlFor={`${form}examples`}>Examples, one a line</label>
        <textarea
          id={`${form}examples`}
          className="field note-field"
          rows={2}
          value={examples}
          onChange={(event) => setExamples(event.target.value)}
        />
        <label htmlFor={`${form}severity`}>Severity, by default</label>
        <select
          id={`${form}severity`}
          className="field"
          value={severity}
          onChange={(event) => setSeverity(Number(event.target.value))}
        >
          {[1, 2, 3, 4, 5].map((value) => (
            <option key={value} value={value}>
              {value} of 5
            </option>
          ))}
        </select>
        <p className="actions">
          <button type="submit" className="button" data-main="">
            Save
          </button>
        </p>
      </form>
      <div className="actions taxonomy-actions">
        <Button onPress={() => setAdding('part')}>Split</Button>
        <Button onPress={() => setAdding('beside')}>Add beside</Button>
        <Target
          label="Merge into"
          options={others}
          onChoose={(into) => {
            if (into !== '') onLook({ kind: 'merge', from: [category.id], into });
          }}
        />
        <Target
          label="Move below"
          top
          options={others}
          onChoose={(parent) =>
            onLook({ kind: 'move', id: category.id, parent: parent === '' ? null : parent })
          }
        />
        <Button onPress={() => onLook({ kind: 'remove', id: category.id })}>Remove</Button>
      </div>
      <TextDialog
        title={adding === 'part' ? `Split ${category.name}` : 'Add a category'}
        label={
          adding === 'part'
            ? 'Name of the part that its labels go to'
            : 'Name, which says what goes wrong'
        }
        type="text"
        value=""
        isOpen={adding !== null}
        onClose={() => setAdding(null)}
        onSave={(given) => {
          if (given === null) return;
          if (adding === 'part') void split(given);
          else onMake({ kind: 'add', category: fresh(given, category.parent) });
        }}
      />
    </Card>
  );
}

function Target(props: {
  readonly label: string;
  /** Whether the top of the tree can be chosen. */
  readonly top?: boolean;
  readonly options: readonly Category[];
  readonly onChoose: (id: string) => void;
}): ReactNode {
  const { label, top = false, options, onChoose } = props;
  return (
    <select
      className="field"
      aria-label={label}
      value="-"
      onChange={(event) => onChoose(event.target.value)}
    >
      <option value="-" disabled>
        {label} …
      </option>
      {top && <option value="">the top</option>}
      {options.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** A name as an id that is not taken: `Wrong tool` becomes `wrong_tool`. */
function idOf(name: string, categories: readonly Category[]): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '')
    .slice(0, 70);
  const base = plain === '' ? 'category' : plain;
  const taken = new Set(categories.map(({ id }) => id));
  let id = base;
  for (let next = 2; taken.has(id); next++) id = `${base}_${next}`;
  return id;
}

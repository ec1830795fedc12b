import { type ReactNode, useId, useState } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Card } from '../../parts/Card.tsx';
import { TextDialog } from '../cause/TextDialog.tsx';
import type { Category } from '../label/label-queries.ts';
import { freshCategory } from './fresh-category.ts';
import type { TaxonomyChange } from './use-taxonomy-change.ts';

/** One category: its words, and how to split, merge, move or remove it. */
export function CategoryForm(props: {
  readonly category: Category;
  readonly categories: readonly Category[];
  readonly warnings: readonly string[];
  readonly onLook: (change: TaxonomyChange) => void;
  readonly onMake: (change: TaxonomyChange) => void;
  readonly onSplit: () => void;
}): ReactNode {
  const { category, categories, warnings, onLook, onMake, onSplit } = props;
  const form = useId();
  const [name, setName] = useState(category.name);
  const [definition, setDefinition] = useState(category.definition);
  const [examples, setExamples] = useState(category.examples.join('\n'));
  const [severity, setSeverity] = useState(category.severity);
  const [isAdding, setAdding] = useState(false);
  const others = categories.filter(({ id }) => id !== category.id);

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
        <Button onPress={onSplit}>Split</Button>
        <Button onPress={() => setAdding(true)}>Add beside</Button>
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
        title="Add a category"
        label="Name, which says what goes wrong"
        type="text"
        value=""
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        onSave={(given) => {
          if (given === null) return;
          onMake({
            kind: 'add',
            category: freshCategory(given, category, category.parent, categories),
          });
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

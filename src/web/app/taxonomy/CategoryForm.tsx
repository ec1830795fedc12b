import { type ReactNode, useId, useState } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Card } from '../../parts/Card.tsx';
import { TextDialog } from '../cause/TextDialog.tsx';
import { FIX_COSTS, LAYERS, SEVERITIES } from '../decide/proposed-values.ts';
import type { Category } from '../label/label-queries.ts';
import { freshCategory } from './fresh-category.ts';
import { STARTER_NAMES } from './starter-names.ts';
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
  const [layer, setLayer] = useState(category.layer);
  const [fixCost, setFixCost] = useState(category.fixCost);
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
              ...{ name, definition, severity, layer, fixCost },
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
        <div className="category-defaults">
          <Default label="Severity" value={severity} values={SEVERITIES} onChange={setSeverity} />
          <Default
            label="Layer"
            value={layer}
            values={LAYERS.map((each) => [each, ''])}
            onChange={setLayer}
          />
          <Default label="Fix cost" value={fixCost} values={FIX_COSTS} onChange={setFixCost} />
        </div>
        {Object.entries(category.crosswalk).map(([other, ids]) => (
          <p key={other} className="dim small">
            In {STARTER_NAMES[other] ?? other}: {ids.join(', ')}
          </p>
        ))}
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

/** A field for what causes of the category have unless somebody decides otherwise. */
function Default<Value extends string | number>(props: {
  readonly label: string;
  readonly value: Value;
  readonly values: readonly (readonly [value: Value, meaning: string])[];
  readonly onChange: (value: Value) => void;
}): ReactNode {
  const { label, value, values, onChange } = props;
  // A file can hold a fix cost between those that are offered.
  const offered = values.some(([each]) => each === value)
    ? values
    : [...values, [value, ''] as const];
  return (
    <label>
      <span>{label}, by default</span>
      <select
        className="field"
        value={String(value)}
        onChange={({ target }) => {
          const chosen = offered.find(([each]) => String(each) === target.value);
          if (chosen !== undefined) onChange(chosen[0]);
        }}
      >
        {offered.map(([each, meaning]) => (
          <option key={each} value={String(each)}>
            {meaning === '' ? each : `${each}, ${meaning}`}
          </option>
        ))}
      </select>
    </label>
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

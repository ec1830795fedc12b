import { type ReactNode, useRef, useState } from 'react';
import { count, plural } from '../../../text/format.ts';
import { exactMoment } from '../../../text/moments.ts';
import { notify } from '../../hooks/notice.ts';
import { useKeys } from '../../hooks/use-keys.ts';
import { Button } from '../../parts/Button.tsx';
import { Card } from '../../parts/Card.tsx';
import { Choice } from '../../parts/Choice.tsx';
import { Severity } from '../../parts/Severity.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { Tag } from '../../parts/Tag.tsx';
import { Guard } from '../access/Guard.tsx';
import { useNames } from '../access/use-names.ts';
import { reasonOf, useAsking } from '../client/asking.ts';
import { type Category, useTaxonomy } from '../label/label-queries.ts';
import { CategoryForm } from './CategoryForm.tsx';
import { MovePreview } from './MovePreview.tsx';
import { SplitCategory } from './SplitCategory.tsx';
import { STARTER_NAMES } from './starter-names.ts';
import { useTaxonomyChange } from './use-taxonomy-change.ts';
import '../label/label.css';
import './taxonomy.css';

/** The tree of categories with its versions, and what can be done to each. */
export function TaxonomyEditor(): ReactNode {
  const { client } = useAsking();
  const { data: now, error } = useTaxonomy();
  const changing = useTaxonomyChange();
  const names = useNames();
  const [chosen, setChosen] = useState<string | null>(null);
  const [splitting, setSplitting] = useState<string | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const categories = now?.taxonomy.categories ?? [];
  const category = categories.find(({ id }) => id === chosen) ?? categories[0] ?? null;
  const step = (by: number): void => {
    const at = categories.findIndex(({ id }) => id === category?.id);
    setChosen(categories[at + by]?.id ?? chosen);
  };
  useKeys(categories.length > 1 ? { j: () => step(1), k: () => step(-1) } : {});
  if (now === undefined)
    return <h1 tabIndex={-1}>{error === null ? 'Taxonomy' : `${reasonOf(error)}.`}</h1>;
  const { taxonomy, labels, warnings, versions } = now;
  const all = Object.values(labels).reduce((sum, each) => sum + each, 0);
  const depthOf = ({ parent }: Category): number => {
    const above = categories.find(({ id }) => id === parent);
    return above === undefined ? 0 : 1 + depthOf(above);
  };
  const save = async (): Promise<void> => {
    try {
      saveFile((await client('GET /taxonomy/file')).yaml, 'taxonomy.yaml', 'application/yaml');
    } catch (fault) {
      notify(`Nothing was saved. ${reasonOf(fault)}`);
    }
  };
  return (
    <>
      <div className="page-head">
        <h1 tabIndex={-1}>
          {plural(categories.length, 'category', 'categories')}, {plural(all, 'label')}
        </h1>
        <span className="dim">
          version {taxonomy.version}
          {taxonomy.ratified === null
            ? ', not ratified'
            : `, ratified by ${names(taxonomy.ratified.by)}, ${exactMoment(taxonomy.ratified.at)}`}
        </span>
        <span className="page-head-end">
          {taxonomy.ratified === null && (
            <Guard route="POST /taxonomy/ratify">
              <Button onPress={() => changing.ratify(taxonomy.version)}>Ratify</Button>
            </Guard>
          )}
          <Button onPress={() => void save()}>Save as YAML</Button>
          <Guard route="POST /taxonomy/file">
            <Button onPress={() => file.current?.click()}>Load YAML</Button>
            <Choice
              label="Start from"
              options={Object.entries(STARTER_NAMES).map(([value, text]) => ({ value, text }))}
              chosen={null}
              onChoose={changing.start}
            />
          </Guard>
          <input
            ref={file}
            type="file"
            accept=".yaml,.yml"
            hidden
            aria-label="A taxonomy as YAML"
            onChange={(event) => {
              const [given] = event.target.files ?? [];
              event.target.value = '';
              if (given !== undefined) void given.text().then(changing.load);
            }}
          />
        </span>
      </div>
      {changing.fault !== '' && (
        <p className="form-fault" role="alert">
          {changing.fault}.
        </p>
      )}
      {changing.preview !== null && (
        <MovePreview
          categories={categories}
          preview={changing.preview}
          onMake={(change) => {
            setSplitting(null);
            changing.make(change);
          }}
          onCancel={changing.cancel}
        />
      )}
      <div className="taxonomy-columns">
        <Card title="Categories" aside="labels" flush>
          <ul className="categories">
            {categories.map((each) => (
              <li key={each.id}>
                <button
                  type="button"
                  className="category"
                  data-depth={Math.min(2, depthOf(each))}
                  aria-pressed={each.id === category?.id}
                  onClick={() => setChosen(each.id)}
                >
                  <span className="category-name">
                    {each.name}
                    {warnings.some(({ id, other }) => id === each.id || other === each.id) && (
                      <>
                        {' '}
                        <Tag kind="unsure">warning</Tag>
                      </>
                    )}
                  </span>
                  <Severity value={each.severity} />
                  <span className="dim">{count(labels[each.id] ?? 0)}</span>
                </button>
              </li>
            ))}
          </ul>
        </Card>
        <div className="label-side">
          <Guard route="POST /taxonomy/changes" says>
            {category !== null && splitting === category.id && (
              <SplitCategory
                key={`split ${category.id} ${taxonomy.version}`}
                category={category}
                categories={categories}
                onLook={changing.look}
                onClose={() => setSplitting(null)}
              />
            )}
            {category !== null && splitting !== category.id && (
              <CategoryForm
                key={`${category.id} ${taxonomy.version}`}
                category={category}
                categories={categories}
                warnings={warnings
                  .filter(({ id, other }) => id === category.id || other === category.id)
                  .map(({ message }) => message)}
                onLook={changing.look}
                onMake={changing.make}
                onSplit={() => setSplitting(category.id)}
              />
            )}
          </Guard>
          {versions.length > 0 && (
            <Card title="Versions" aside={count(versions.length)}>
              <ol className="versions">
                {versions.slice(0, 12).map(({ version, at, by, action, ratified }) => (
                  <li key={version}>
                    <b>{version}</b> {action}
                    {ratified !== null && ', ratified'}
                    <span className="second">
                      {exactMoment(Date.parse(at))}, {names(by)}
                    </span>
                  </li>
                ))}
              </ol>
            </Card>
          )}
        </div>
      </div>
    </>
  );
}

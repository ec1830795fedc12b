import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue } from 'react';
import { count, plural } from '../../../text/format.ts';
import { reasonOf, useAsking } from '../client/asking.ts';
import type { Answer } from '../client/queries.ts';
import { usePreview } from '../sessions/sessions-queries.ts';
import { useWorkspaceOrNull } from '../workspace/workspace.tsx';
import { QUEUES, type Queue } from './label-queries.ts';
import { RULE_REASONS, reasonText } from './reason-text.ts';

export type Rule = Queue['rules'][number];

/** Failures that a preview looks at. */
export const LAST = 500;

/** Which failures go into a queue: those that any of the rules takes, with how many of the last ones that would have been. */
export function RuleEditor(props: {
  readonly rules: readonly Rule[];
  readonly onRules: (rules: readonly Rule[]) => void;
}): ReactNode {
  const { rules, onRules } = props;
  const preview = useRulePreview(useDeferredValue(rules));
  const { data: values } = usePreview({ failed: true }, true);
  const workspace = useWorkspaceOrNull();
  const valuesOf = (of: string): readonly (readonly [value: string, text: string])[] =>
    (values?.values ?? [])
      .filter((each) => each.of === of)
      .map(({ value, failed }) => [value, `${value.replaceAll('_', ' ')} (${count(failed)})`]);
  const causes = (workspace?.causes ?? []).map(({ cluster }): readonly [string, string] => [
    cluster.id,
    cluster.title.replaceAll('`', ''),
  ]);
  const set = (at: number, change: { readonly [Name in keyof Rule]: Rule[Name] | undefined }) =>
    onRules(rules.map((rule, place) => (place === at ? defined({ ...rule, ...change }) : rule)));
  return (
    <div className="rules">
      {rules.map((rule, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rules have no identity but their place
        <fieldset className="rule" key={at}>
          <legend>
            {rules.length === 1 ? 'A failure that is' : `Rule ${at + 1}: a failure that is`}
          </legend>
          <Field label="Why">
            <Options
              value={rule.reason ?? ''}
              none="failed in any way"
              options={RULE_REASONS}
              onChoose={(reason) => set(at, { reason: reason as Rule['reason'] })}
            />
          </Field>
          <Field label="Found by">
            <Options
              value={rule.signal ?? ''}
              none="any detector"
              options={valuesOf('signal')}
              onChoose={(signal) => set(at, { signal })}
            />
          </Field>
          <Field label="Cause">
            <Options
              value={rule.cause ?? ''}
              none="any or none"
              options={causes}
              onChoose={(cause) => set(at, { cause })}
            />
          </Field>
          <Field label="Tenant">
            <Options
              value={rule.tenant ?? ''}
              none="any tenant"
              options={valuesOf('tenant')}
              onChoose={(tenant) => set(at, { tenant })}
            />
          </Field>
          <Field label="Score">
            <Options
              value={rule.score?.name ?? ''}
              none="any score"
              options={valuesOf('score')}
              onChoose={(name) =>
                set(at, {
                  score: name === undefined ? undefined : { name, below: rule.score?.below ?? 0.5 },
                })
              }
            />
          </Field>
          {rule.score !== undefined && (
            <Field label={`${rule.score.name} below`}>
              <input
                className="field"
                type="number"
                step="any"
                required
                value={rule.score.below}
                onChange={({ target: { valueAsNumber: below } }) => {
                  if (Number.isFinite(below) && rule.score !== undefined)
                    set(at, { score: { ...rule.score, below } });
                }}
              />
            </Field>
          )}
          <Field label="Share of them, %">
            <input
              className="field"
              type="number"
              min={1}
              max={100}
              step={1}
              required
              value={Math.round(100 * (rule.sample ?? 1))}
              onChange={({ target: { valueAsNumber: share } }) => {
                if (share >= 1 && share <= 100) set(at, { sample: share / 100 });
              }}
            />
          </Field>
          <p className="rule-taken">
            <span className="dim">{takenText(preview, at)}</span>
            <button
              type="button"
              className="link"
              onClick={() => onRules(rules.filter((_, place) => place !== at))}
            >
              Remove<span className="hidden"> rule {at + 1}</span>
            </button>
          </p>
        </fieldset>
      ))}
      <p className="actions">
        {rules.length < 20 && (
          <button
            type="button"
            className="button"
            onClick={() => onRules([...rules, { sample: 1 }])}
          >
            Add a rule
          </button>
        )}
      </p>
      <div className="rules-preview" role="status">
        {rules.length === 0 ? (
          <p className="dim">Without a rule, nothing is added by itself.</p>
        ) : preview.error !== null ? (
          <p className="fail-text">{reasonOf(preview.error)}</p>
        ) : preview.data === undefined ? (
          <p className="dim">Looking at the last failures</p>
        ) : (
          <>
            <p>
              Of the last {plural(preview.data.failures, 'failure')}, this takes{' '}
              <b>{count(preview.data.taken)}</b>.
            </p>
            <ul>
              {preview.data.items.slice(0, 3).map(({ subject, title, reasons }) => (
                <li key={subject} dir="auto">
                  <span className="label-title">{title}</span>
                  <span className="second">
                    {reasons.map((reason) => reasonText(reason)).join(', ')}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}

function takenText({ data }: UseQueryResult<RulePreview>, at: number): string {
  const taken = data?.rules[at];
  return data === undefined || taken === undefined
    ? '…'
    : `takes ${count(taken)} of the last ${count(data.failures)}`;
}

type RulePreview = Answer<'POST /queues/preview'>;

/** What rules would have taken of the last failures. */
function useRulePreview(rules: readonly Rule[]): UseQueryResult<RulePreview> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [QUEUES, project, 'preview', rules],
    queryFn: ({ signal }) =>
      client('POST /queues/preview', { body: { rules: [...rules], last: LAST }, signal }),
    enabled: rules.length > 0,
    placeholderData: keepPreviousData,
  });
}

function Field(props: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label>
      <span>{props.label}</span>
      {props.children}
    </label>
  );
}

/** Values with their texts; what is chosen stays, though it is not among them. */
function Options(props: {
  readonly value: string;
  readonly none: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly onChoose: (value: string | undefined) => void;
}): ReactNode {
  const { value, none, options, onChoose } = props;
  const isThere = value === '' || options.some(([each]) => each === value);
  return (
    <select
      className="field"
      value={value}
      onChange={({ target }) => onChoose(target.value === '' ? undefined : target.value)}
    >
      <option value="">{none}</option>
      {[...options, ...(isThere ? [] : [[value, value] as const])].map(([each, text]) => (
        <option key={each} value={each}>
          {text}
        </option>
      ))}
    </select>
  );
}

const defined = (given: { readonly [Name in keyof Rule]: Rule[Name] | undefined }): Rule =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Rule;

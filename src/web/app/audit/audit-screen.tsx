import { type ReactNode, useId } from 'react';
import { exactMoment } from '../../../text/moments.ts';
import { useKeys } from '../../hooks/use-keys.ts';
import { Button } from '../../parts/Button.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { ScrollTable } from '../../parts/ScrollTable.tsx';
import { useNavigation } from '../../report/hooks/links.ts';
import { type Names, useNameList, useNames } from '../access/use-names.ts';
import { reasonOf, useAsking } from '../client/asking.ts';
import type { Screen } from '../screen.ts';
import { saveAnswer } from '../sessions/save-answer.ts';
import { pathOf } from '../workspace/addresses.ts';
import { type AuditEntry, useAudit } from './audit-queries.ts';
import { auditDetails, auditText } from './audit-text.ts';
import { chosenFilter, FIELDS, filterIn, KINDS } from './chosen-filter.ts';

/** Who signed in, and who changed people, keys and settings. */
function Audit(): ReactNode {
  const { project } = useAsking();
  // Renders again when the address changes.
  useNavigation();
  const chosen = chosenFilter(location.search);
  const filter = filterIn(chosen);
  const { data, error, hasNextPage, fetchNextPage } = useAudit(filter);
  const names = useNames();
  const entries = data?.pages.flatMap(({ items }) => items);
  const save = (): void => {
    const query = new URLSearchParams(filter as Record<string, string>);
    void saveAnswer(`/api/v1/audit/export?${query}`, project, `${project}-audit.jsonl`);
  };
  useKeys({ s: save });
  return (
    <>
      <div className="page-head">
        <h1 tabIndex={-1}>Who did what about access</h1>
        <span className="page-head-end">
          <Button shortcut="s" onPress={save}>
            Save as JSON Lines
          </Button>
        </span>
      </div>
      <p className="lead-worth">
        Sign-ins, people, keys, settings, deletions and exports. What was decided about causes is in
        the{' '}
        <a className="link" href={pathOf(project, '/activity')}>
          activity
        </a>
        .
      </p>
      <Filters chosen={chosen} />
      {error !== null && (
        <p className="form-fault" role="alert">
          {reasonOf(error)}.
        </p>
      )}
      {entries?.length === 0 && (
        <Empty title="There is nothing of that kind">
          <p>Choose another kind, person or time.</p>
        </Empty>
      )}
      {entries !== undefined && entries.length > 0 && (
        <ScrollTable label="Entries" columns={['When', 'Who', 'What', 'About']} className="audit">
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} names={names} />
          ))}
        </ScrollTable>
      )}
      {hasNextPage && (
        <p className="traces-more">
          <Button onPress={() => void fetchNextPage()}>Show older entries</Button>
        </p>
      )}
    </>
  );
}

function Entry(props: { readonly entry: AuditEntry; readonly names: Names }): ReactNode {
  const { entry, names } = props;
  const { at, by, name, action, subject, before, after } = entry;
  const about = subject === '' || subject === by || ID.test(subject) ? names(subject) : subject;
  const isShown = subject !== '' && subject !== by && about !== names('');
  return (
    <tr>
      <td className="nowrap">{exactMoment(Date.parse(at))}</td>
      <td dir="auto">{name === 'local' ? names(name) : name}</td>
      <td>{auditText(action)}</td>
      <td dir="auto">
        {isShown && about !== 'somebody' && <b>{about} </b>}
        {auditDetails(before, after).map((detail) => (
          <span key={detail} className="audit-detail">
            {detail}
          </span>
        ))}
      </td>
    </tr>
  );
}

/** What ids look like: of people, keys and invitations. */
const ID = /^[0-9a-f]{24}$/;

function Filters(props: { readonly chosen: ReturnType<typeof chosenFilter> }): ReactNode {
  const { chosen } = props;
  const { project } = useAsking();
  const { go } = useNavigation();
  const people = useNameList();
  const id = useId();
  const set = (field: keyof typeof chosen, value: string): void => {
    const next = new URLSearchParams({ ...chosen, [field]: value });
    for (const each of FIELDS) if (next.get(each) === '') next.delete(each);
    go(`${pathOf(project, '/audit')}${next.size === 0 ? '' : `?${next}`}`, 'replace');
  };
  return (
    <div className="audit-filter">
      <label htmlFor={`${id}kind`}>Kind</label>
      <select
        id={`${id}kind`}
        className="field"
        value={chosen.kind}
        onChange={(event) => set('kind', event.target.value)}
      >
        <option value="">everything</option>
        {Object.entries(KINDS).map(([kind, words]) => (
          <option key={kind} value={kind}>
            {words}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}by`}>Who</label>
      <select
        id={`${id}by`}
        className="field"
        value={chosen.by}
        onChange={(event) => set('by', event.target.value)}
      >
        <option value="">everybody</option>
        {people.map((person) => (
          <option key={person.id} value={person.id}>
            {person.name}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}from`}>From</label>
      <input
        id={`${id}from`}
        className="field"
        type="date"
        value={chosen.from}
        onChange={(event) => set('from', event.target.value)}
      />
      <label htmlFor={`${id}to`}>To</label>
      <input
        id={`${id}to`}
        className="field"
        type="date"
        value={chosen.to}
        onChange={(event) => set('to', event.target.value)}
      />
    </div>
  );
}

export const auditScreen: Screen = {
  path: '/audit',
  name: 'Audit log',
  icon: null,
  needsAnalysis: false,
  route: 'GET /audit',
  keys: [
    ['s', 'save as JSON Lines'],
    ['Esc', 'back'],
  ],
  view: Audit,
};

import { type ReactNode, useId, useRef, useState } from 'react';
import type { Triage } from '../../../contract/person-label.ts';
import { plural } from '../../../text/format.ts';
import { notify } from '../../hooks/notice.ts';
import { useKeys } from '../../hooks/use-keys.ts';
import { Button } from '../../parts/Button.tsx';
import { Card } from '../../parts/Card.tsx';
import { Coded } from '../../parts/Coded.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { useNavigation } from '../../report/hooks/links.ts';
import { TextDialog } from '../cause/TextDialog.tsx';
import { reasonOf, useAsking } from '../client/asking.ts';
import { useTitles } from '../decide/use-titles.ts';
import { pathOf } from '../workspace/addresses.ts';
import { AgreementCard, SaturationCard } from './AgreementCards.tsx';
import { CategoryList, categoryAt } from './CategoryList.tsx';
import { ItemTrace } from './ItemTrace.tsx';
import {
  type Category,
  type QueueItem,
  useAgreement,
  useQueueItems,
  useTaxonomy,
} from './label-queries.ts';
import { reasonText } from './reason-text.ts';
import { useLabeling } from './use-labeling.ts';

const TRIAGES: readonly (readonly [Triage, name: string, key: string])[] = [
  ['genuine', 'Real failure', 'r'],
  ['bad_item', 'Bad item', 'b'],
  ['harness_error', 'Setup error', 's'],
  ['label_problem', 'Wrong label', 'w'],
];

const NO_CATEGORIES: readonly Category[] = [];

/** One queue, one item after the other: its trace, the proposal, and what is said of it. */
export function QueueWork(props: { readonly id: string }): ReactNode {
  const { id } = props;
  const { project } = useAsking();
  const { go } = useNavigation();
  const [isAdvancing, setAdvancing] = useState(true);
  const [words, setWords] = useState<string | null>(null);
  const { data: listed, error } = useQueueItems(id);
  const { data: tree } = useTaxonomy();
  const { data: agreement } = useAgreement(id);
  const labeling = useLabeling(id, isAdvancing);
  const note = useRef<HTMLTextAreaElement>(null);
  const noteId = useId();
  const { item, draft, change, save } = labeling;
  const categories = tree?.taxonomy.categories ?? NO_CATEGORIES;
  const proposal = item?.proposal ?? null;
  const proposed = categories.find((category) => category.id === proposal?.category) ?? null;
  const items = listed?.items ?? [];

  const toCategory = (category: string): void => change({ triage: 'genuine', category });
  const accept = (): void => {
    if (proposed === null) notify('There is no proposal that the taxonomy has');
    else save({ triage: 'genuine', category: proposed.id, isEdited: false });
  };
  const edit = (): void => {
    if (proposed === null) {
      notify('There is no proposal to edit');
      return;
    }
    change({ triage: 'genuine', category: proposed.id, isEdited: true });
    note.current?.focus();
  };
  const reject = (): void => {
    change({ category: null, isEdited: false });
    notify('Rejected: choose a category with 1 to 9, or what else it is');
  };
  const code = (): void => {
    const selected = getSelection()?.toString().trim() ?? '';
    const [quote] = proposal?.quotes ?? [];
    const found = selected === '' ? (quote?.quote ?? '') : selected;
    if (found === '') notify('Select the words first');
    else setWords(found.slice(0, 2000));
  };
  const enter = (): void => {
    if (item?.isAnswered === true) labeling.next();
    else save();
  };
  const step = (by: number): void => {
    const at = items.findIndex((each) => each.id === item?.id);
    const to = items[at + by];
    if (to !== undefined) labeling.open(to);
  };
  useKeys({
    ...Object.fromEntries(
      Array.from({ length: 9 }, (_, at) => [
        String(at + 1),
        () => {
          const next = categoryAt(categories, at + 1, draft.category);
          if (next !== null) toCategory(next);
        },
      ]),
    ),
    ...Object.fromEntries(
      TRIAGES.map(([triage, , key]) => [
        key,
        () => change({ triage, ...(triage !== 'genuine' && { category: null }) }),
      ]),
    ),
    a: accept,
    e: edit,
    x: reject,
    n: () => note.current?.focus(),
    i: code,
    d: labeling.defer,
    u: labeling.undo,
    j: () => step(1),
    k: () => step(-1),
    g: () => {
      if (item !== null) go(pathOf(project, `/${item.kind}/${encodeURIComponent(item.subject)}`));
    },
    Enter: enter,
    'Escape Backspace': () => go(pathOf(project, '/label')),
  });

  if (listed === undefined)
    return (
      <>
        <h1 tabIndex={-1}>{error === null ? 'One moment' : 'This queue cannot be shown'}</h1>
        {error !== null && <Empty title={`${reasonOf(error)}.`} />}
      </>
    );
  const { queue } = listed;
  return (
    <>
      <div className="page-head">
        <h1 tabIndex={-1} dir="auto">
          {queue.name}
        </h1>
        <Progress done={queue.answered} deferred={queue.deferred} left={queue.left} />
        <span className="page-head-end">
          <Button pressed={isAdvancing} onPress={() => setAdvancing(!isAdvancing)}>
            Auto-advance: {isAdvancing ? 'on' : 'off'}
          </Button>
          {queue.blind && <span className="tag">blind</span>}
        </span>
      </div>
      {labeling.fault !== '' && (
        <p className="form-fault" role="alert">
          Not saved. {labeling.fault}.{' '}
          <button type="button" className="link" onClick={labeling.next}>
            Take the next item
          </button>
        </p>
      )}
      <div className="label-columns">
        <nav className="card label-list" aria-label="Queue">
          <header>
            <h2>Queue</h2>
            <span className="card-aside">{queue.blind ? 'shuffled' : 'by points'}</span>
          </header>
          <ol>
            {items.map((each) => (
              <ListItem
                key={each.id}
                item={each}
                isCurrent={each.id === item?.id}
                onOpen={() => labeling.open(each)}
              />
            ))}
          </ol>
          {queue.items > items.length && (
            <p className="card-note dim">{queue.items - items.length} more</p>
          )}
        </nav>
        <div className="label-middle">
          {labeling.isOver ? (
            <Empty title="Nothing is left for you here">
              <p>
                {queue.done < queue.items
                  ? `${plural(queue.items - queue.done, 'item')} ${queue.items - queue.done === 1 ? 'waits' : 'wait'} for others.`
                  : 'Every item has all its answers.'}
              </p>
              <Button onPress={() => go(pathOf(project, '/label'))}>All queues</Button>
            </Empty>
          ) : item === null ? (
            <p className="waiting" role="status">
              One moment.
            </p>
          ) : (
            <>
              {item.kind === 'traces' ? (
                <ItemTrace
                  item={item}
                  codes={draft.codes}
                  onUncode={(at) =>
                    change({ codes: draft.codes.filter((_, place) => place !== at) })
                  }
                />
              ) : (
                <Card title="Cause">
                  <a
                    className="link"
                    href={pathOf(project, `/causes/${encodeURIComponent(item.subject)}`)}
                  >
                    <Coded text={item.title} />
                  </a>
                </Card>
              )}
              <Card
                title="Proposal"
                aside={
                  item.isBlind ? 'hidden: blind' : proposal === null ? 'none' : 'no model used'
                }
              >
                {!item.isBlind && proposal !== null && (
                  <>
                    <p className="proposal-title">
                      {proposed?.name ?? proposal.category.replaceAll('_', ' ')}
                    </p>
                    <p className="dim">
                      {proposed === null
                        ? 'The taxonomy has no such category.'
                        : `A good run: ${proposed.definition}`}
                    </p>
                  </>
                )}
                <div className="deeds">
                  <Deed letter="a" name="Accept" isOff={proposed === null} onPress={accept} />
                  <Deed letter="e" name="Edit" isOff={proposed === null} onPress={edit} />
                  <Deed letter="x" name="Reject" isOff={proposed === null} onPress={reject} />
                  <Deed letter="n" name="Note" onPress={() => note.current?.focus()} />
                  <Deed letter="i" name="Code words" onPress={code} />
                  <Deed letter="d" name="Defer" onPress={labeling.defer} />
                  <Deed letter="u" name="Undo" onPress={labeling.undo} />
                </div>
              </Card>
            </>
          )}
          {agreement !== undefined && (
            <div className="label-figures">
              <AgreementCard now={agreement} />
              <SaturationCard now={agreement} />
            </div>
          )}
        </div>
        <div className="label-side">
          <Card title="Is it a failure?">
            <div className="triage">
              {TRIAGES.map(([triage, name, key]) => (
                <button
                  key={triage}
                  type="button"
                  className="triage-choice"
                  aria-pressed={draft.triage === triage}
                  aria-keyshortcuts={key}
                  onClick={() =>
                    change({ triage, ...(triage !== 'genuine' && { category: null }) })
                  }
                >
                  {name} <kbd>{key}</kbd>
                </button>
              ))}
            </div>
          </Card>
          <Card
            title="Category"
            aside={
              <a className="link" href={pathOf(project, '/taxonomy')}>
                taxonomy v{tree?.taxonomy.version ?? 1}
                {tree?.taxonomy.ratified == null ? '' : ', ratified'}
              </a>
            }
            flush
          >
            <CategoryList
              categories={categories}
              labels={item?.isBlind === true ? null : (tree?.labels ?? {})}
              chosen={draft.category}
              onChoose={toCategory}
            />
          </Card>
          <Card title={<label htmlFor={noteId}>Note</label>} aside={<kbd>n</kbd>}>
            <textarea
              id={noteId}
              ref={note}
              className="field note-field"
              rows={3}
              maxLength={20_000}
              value={draft.note}
              onChange={(event) => change({ note: event.target.value })}
              onKeyDown={(event) => {
                if (event.key !== 'Escape') return;
                event.stopPropagation();
                event.currentTarget.blur();
              }}
            />
          </Card>
          <Button main shortcut="Enter" onPress={() => save()}>
            Save
          </Button>
        </div>
      </div>
      <TextDialog
        title="Code these words"
        label={`A short name for what “${(words ?? '').slice(0, 80)}” shows`}
        type="text"
        value=""
        isOpen={words !== null}
        onClose={() => setWords(null)}
        onSave={(name) => {
          if (name === null || words === null) return;
          const place = proposal?.quotes.find(({ quote }) => quote === words)?.place ?? '';
          change({
            codes: [...draft.codes, { code: name.slice(0, 100), quote: words, place }],
          });
        }}
      />
    </>
  );
}

function Deed(props: {
  readonly letter: string;
  readonly name: string;
  readonly isOff?: boolean;
  readonly onPress: () => void;
}): ReactNode {
  const { letter, name, isOff = false, onPress } = props;
  return (
    <button
      type="button"
      className="deed"
      aria-keyshortcuts={letter}
      disabled={isOff}
      onClick={onPress}
    >
      <b aria-hidden="true">{letter}</b>
      {name}
    </button>
  );
}

function ListItem(props: {
  readonly item: QueueItem;
  readonly isCurrent: boolean;
  readonly onOpen: () => void;
}): ReactNode {
  const { item, isCurrent, onOpen } = props;
  const [reason] = item.reasons;
  const titleOf = useTitles();
  return (
    <li>
      <button type="button" aria-current={isCurrent || undefined} onClick={onOpen}>
        <span className="label-title" dir="auto" data-done={item.isAnswered || undefined}>
          {item.title}
        </span>
        <span className="second">
          {item.isAnswered
            ? '✓ answered by you'
            : item.isDeferred
              ? 'put off'
              : reason === undefined
                ? 'to answer'
                : `${reasonText(reason, titleOf)} · ${item.points ?? reason.points}`}
        </span>
      </button>
    </li>
  );
}

function Progress(props: {
  readonly done: number;
  readonly deferred: number;
  readonly left: number;
}): ReactNode {
  const { done, deferred, left } = props;
  const all = Math.max(1, done + left);
  return (
    <span className="label-progress">
      <progress max={all} value={done} aria-label={`${done} of ${done + left} done`} />
      <span>
        <b>
          {done} of {done + left} done
        </b>
        {deferred > 0 && ` · ${deferred} put off`}
      </span>
    </span>
  );
}

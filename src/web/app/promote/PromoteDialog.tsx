import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { Cluster } from '../../../contract/cluster.ts';
import { count } from '../../../text/format.ts';
import { copy } from '../../hooks/copy.ts';
import { notify } from '../../hooks/notice.ts';
import { Coded } from '../../parts/Coded.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { reasonOf, useAsking } from '../client/asking.ts';
import { useSuites } from '../verify/verify-queries.ts';
import { CaseGroups } from './CaseGroups.tsx';
import { caseYaml } from './case-yaml.ts';
import { promoteCommand } from './promote-command.ts';
import { AS_PROPOSED, type Choice, type Preview, usePreview, usePromote } from './suite-preview.ts';
import './promote.css';

/** Chooses the cases of a cause, shows them as they would be written, and writes them, or hands them over. */
export function PromoteDialog(props: {
  readonly cluster: Cluster;
  readonly onClose: () => void;
}): ReactNode {
  const { cluster, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>('input')?.focus();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="form-dialog promote"
      aria-label="Promote to a suite"
      onClose={onClose}
    >
      <Promotion cluster={cluster} onClose={() => dialog.current?.close()} />
    </dialog>
  );
}

function Promotion(props: { readonly cluster: Cluster; readonly onClose: () => void }): ReactNode {
  const { cluster, onClose } = props;
  const { project } = useAsking();
  const id = useId();
  const [choice, setChoice] = useState<Choice>(AS_PROPOSED);
  const [name, setName] = useState<string | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  const { data: preview, error, isFetching } = usePreview(cluster.id, choice);
  const folder = useSuites().data?.folder ?? 'the suite folder';
  const promote = usePromote(cluster.id);
  const named = name ?? choice.name ?? preview?.file.replace(/\.ya?ml$/, '') ?? '';
  const isNameNew = name !== null && name !== choice.name && `${name}.yaml` !== preview?.file;
  const isReady =
    preview !== undefined && error === null && !isFetching && !isNameNew && !promote.isPending;
  const cases = preview?.cases ?? [];
  const current = cases.find((each) => each.id === shown) ?? cases[0];
  const applyName = (): void => {
    if (isNameNew) setChoice({ ...choice, name: named.trim() === '' ? null : named.trim() });
  };
  const save = (to: 'folder' | 'download'): void => {
    if (!isReady) return;
    promote.mutate(
      { choice, to, version: preview.version },
      {
        onSuccess: ({ file, path, zip }) => {
          if (zip !== null)
            saveFile(
              Uint8Array.from(atob(zip), (letter) => letter.charCodeAt(0)),
              file.replace(/\.ya?ml$/, '.zip'),
              'application/zip',
            );
          notify(to === 'folder' ? `Written: ${path}/${file}` : 'Saved as a zip file');
          onClose();
        },
      },
    );
  };
  const reason = error ?? promote.error;
  return (
    <form
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
          event.currentTarget.requestSubmit();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (isNameNew) applyName();
        else save('folder');
      }}
    >
      <header>
        <h2>
          Promote: <Coded text={cluster.title} />
        </h2>
        <button type="button" className="icon-button" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div className="promote-head">
        <label htmlFor={`${id}-name`}>Suite</label>
        <input
          id={`${id}-name`}
          className="field"
          value={named}
          maxLength={60}
          disabled={preview?.isNew === false}
          placeholder="made of the title"
          onChange={(event) => setName(event.target.value)}
          onBlur={applyName}
        />
        <label htmlFor={`${id}-redact`}>Personal data and secrets</label>
        <select
          id={`${id}-redact`}
          className="field"
          value={choice.redact}
          onChange={(event) =>
            setChoice({ ...choice, redact: event.target.value === 'off' ? 'off' : 'mask' })
          }
        >
          <option value="mask">are taken out of the cases</option>
          <option value="off">stay as they are</option>
        </select>
      </div>
      {reason !== null && (
        <p className="promote-failed" role="alert">
          {promote.error === null ? '' : 'Not written. '}
          {reasonOf(reason)}.
        </p>
      )}
      <div className="promote-body" aria-busy={isFetching}>
        <div className="promote-cases">
          {preview === undefined ? (
            <p className="dim">{error === null ? 'Choosing and proving cases …' : ''}</p>
          ) : (
            <CaseGroups
              preview={preview}
              shown={current?.id ?? null}
              onShow={setShown}
              onLeaveOut={(trace) =>
                setChoice({
                  ...choice,
                  leaveOut: [...choice.leaveOut, trace],
                  picks: choice.picks.filter((each) => each !== trace),
                })
              }
              onGuard={(trace) =>
                setChoice({ ...choice, picks: [...choice.picks, trace].slice(-3) })
              }
            />
          )}
          {(choice.leaveOut.length > 0 || choice.picks.length > 0) && (
            <button
              type="button"
              className="link"
              onClick={() => setChoice({ ...choice, leaveOut: [], picks: [] })}
            >
              As proposed again
            </button>
          )}
        </div>
        <div className="promote-written">
          {preview !== undefined && (
            <>
              <h3>Checks</h3>
              <Checks preview={preview} />
              {current !== undefined && (
                <>
                  <h3>As it will be written</h3>
                  <section
                    className="promote-yaml"
                    aria-label="The case as it will be written"
                    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
                    tabIndex={0}
                  >
                    <pre>{caseYaml(preview.yaml, current.id)}</pre>
                  </section>
                </>
              )}
              {preview.notes.map((note) => (
                <p key={note} className="dim small">
                  {note.slice(0, 1).toUpperCase()}
                  {note.slice(1)}.
                </p>
              ))}
              {preview.broken.length > 0 && (
                <details>
                  <summary>{count(preview.broken.length)} prove nothing and are left out</summary>
                  <ul className="small">
                    {preview.broken.map(({ trace, role, why }) => (
                      <li key={`${role} ${trace}`}>
                        <code>{trace.slice(0, 12)}</code> is no {role}: {why}
                      </li>
                    ))}
                  </ul>
                </details>
              )}
            </>
          )}
        </div>
      </div>
      <footer>
        <span className="dim small promote-place">
          Into <code>{folder}</code>, or by{' '}
          <button
            type="button"
            className="link"
            onClick={() => copy(promoteCommand(project, cluster.id), 'Copied the command')}
          >
            a command
          </button>{' '}
          in a folder of your own
        </span>
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
        <button
          type="button"
          className="button"
          disabled={!isReady || cases.length === 0}
          onClick={() => save('download')}
        >
          Download
        </button>
        <button
          type="submit"
          className="button"
          data-main=""
          disabled={isNameNew ? isFetching : !isReady || cases.length === 0}
        >
          {isNameNew
            ? 'Preview'
            : cases.length === 0 && preview
              ? 'Nothing new'
              : 'Write the suite'}
        </button>
      </footer>
    </form>
  );
}

function Checks(props: { readonly preview: Preview }): ReactNode {
  return (
    <ul className="promote-checks">
      {props.preview.checks.map(({ check, params, why, negate, provisional }) => (
        <li key={`${check} ${JSON.stringify(params)}`}>
          <code>
            {negate ? 'not ' : ''}
            {check}
          </code>
          {provisional && <span className="dim"> provisional</span>}
          {why !== null && (
            <span className="second">
              <Coded text={why} />
            </span>
          )}
          {params !== undefined && params !== null && (
            <span className="second mono">{JSON.stringify(params).slice(0, 300)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

import { Autocomplete } from '@base-ui/react/autocomplete';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useNavigation } from '../../report/hooks/links.ts';
import { useRefusal } from '../access/use-refusal.ts';
import { useAsking } from '../client/asking.ts';
import { useProjects } from '../client/queries.ts';
import { UNDO } from '../decide/use-decide.ts';
import { PROMOTE, WRITE_SUITE } from '../promote/promote-link.ts';
import { SCREENS } from '../screens.ts';
import { pathOf } from '../workspace/addresses.ts';
import { useWorkspaceOrNull } from '../workspace/workspace.tsx';
import { pageActions } from './page-actions.ts';

interface Command {
  readonly label: string;
  readonly note: string;
  readonly run: () => void;
}

/** Goes to any page, cause, project or trace id, and does what the page can do, by typing a part of its name. */
export function Palette(props: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onHelp: () => void;
  readonly onTheme: () => void;
  readonly onUndo: () => void;
}): ReactNode {
  const { isOpen, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} className="palette" aria-label="Palette" onClose={onClose}>
      {isOpen && <Commands {...props} />}
    </dialog>
  );
}

function Commands(props: {
  readonly onClose: () => void;
  readonly onHelp: () => void;
  readonly onTheme: () => void;
  readonly onUndo: () => void;
}): ReactNode {
  const { onClose, onHelp, onTheme, onUndo } = props;
  const { address, href, go } = useNavigation();
  const { project } = useAsking();
  const projects = useProjects();
  const workspace = useWorkspaceOrNull();
  const refusal = useRefusal();
  const [typed, setTyped] = useState('');
  const [actions] = useState(() => pageActions());
  const commands: readonly Command[] = [
    ...SCREENS.filter(
      ({ path, route }) => !path.includes('$') && (route === undefined || refusal(route) === null),
    ).map(
      ({ name, path }): Command => ({
        label: name,
        note: 'page',
        run: () => go(pathOf(project, path)),
      }),
    ),
    ...actions.map(({ label, key, run }): Command => ({ label, note: key ?? 'on this page', run })),
    ...(workspace?.causes ?? []).map(
      ({ cluster }): Command => ({
        label: cluster.title.replaceAll('`', ''),
        note: cluster.rank === null ? 'cause' : `cause ${cluster.rank}`,
        run: () => go(href({ ...address, route: { kind: 'cluster', id: cluster.id } })),
      }),
    ),
    ...(refusal(WRITE_SUITE) === null ? (workspace?.scoped.ranked ?? []) : []).map(
      ({ cluster }): Command => ({
        label: `Promote: ${cluster.title.replaceAll('`', '')}`,
        note: 'to a suite',
        run: () => {
          const route = { kind: 'cluster', id: cluster.id } as const;
          go(`${href({ ...address, route })}#${PROMOTE}`);
        },
      }),
    ),
    ...projects
      .filter(({ id }) => id !== project)
      .map(
        ({ id, name }): Command => ({
          label: name,
          note: 'project',
          run: () => go(pathOf(id, '/')),
        }),
      ),
    ...(refusal(UNDO) === null
      ? [{ label: 'Undo your latest decision', note: 'u', run: onUndo }]
      : []),
    { label: 'Colors: system, light, dark', note: 't', run: onTheme },
    { label: 'All keys', note: '?', run: onHelp },
    ...(typed.trim().length < 4
      ? []
      : [
          {
            label: `Open the trace ${typed.trim()}`,
            note: 'trace',
            run: () => go(href({ ...address, route: { kind: 'trace', id: typed.trim() } })),
          },
        ]),
  ];
  return (
    <Autocomplete.Root
      inline
      open
      autoHighlight="always"
      items={commands}
      itemToStringValue={({ label }: Command) => label}
      value={typed}
      onValueChange={setTyped}
    >
      <Autocomplete.Input
        className="palette-input"
        aria-label="Go to, or do"
        placeholder="Go to a page, a cause, a project or a trace id; or do something"
        autoFocus
      />
      <Autocomplete.Empty className="palette-empty">Nothing of that name.</Autocomplete.Empty>
      <Autocomplete.List className="palette-list">
        {(command: Command) => (
          <Autocomplete.Item
            key={`${command.note} ${command.label}`}
            value={command}
            className="palette-item"
            onClick={() => {
              onClose();
              // Once the palette has given back the focus.
              requestAnimationFrame(command.run);
            }}
          >
            <span>{command.label}</span>
            <span className="dim">{command.note}</span>
          </Autocomplete.Item>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}

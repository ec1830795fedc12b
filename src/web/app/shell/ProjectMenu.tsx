import { Menu } from '@base-ui/react/menu';
import { type ReactNode, useState } from 'react';
import { useNavigation } from '../../report/hooks/links.ts';
import { useAsking } from '../client/asking.ts';
import { useProjects } from '../client/queries.ts';
import { pathOf } from '../workspace/addresses.ts';

/** The project that is shown, and a way to the others. */
export function ProjectMenu(): ReactNode {
  const { project } = useAsking();
  const { go } = useNavigation();
  const projects = useProjects();
  const [isOpen, setOpen] = useState(false);
  const name = projects.find(({ id }) => id === project)?.name ?? project;
  return (
    <Menu.Root open={isOpen} onOpenChange={setOpen}>
      <Menu.Trigger className="project-button">
        <span className="hidden">Project </span>
        {name}
        <span className="chevron" aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="menu-place" sideOffset={4} align="start">
          <Menu.Popup className="menu">
            <Menu.RadioGroup
              value={project}
              onValueChange={(id: string) => {
                setOpen(false);
                go(pathOf(id, '/'));
              }}
            >
              {projects.map(({ id, name: each }) => (
                <Menu.RadioItem key={id} value={id} className="menu-item">
                  {each}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            {projects.length === 0 && <p className="menu-note">No project is known yet.</p>}
            <Menu.Separator className="menu-line" />
            <Menu.Item className="menu-item" onClick={() => go(pathOf(project, '/sources'))}>
              Send traces to this project
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

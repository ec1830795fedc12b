import { type RouterState, useParams, useRouter, useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { CurrentNavigation } from '../../report/hooks/links.ts';
import { askingFor, CurrentAsking, keptKey } from '../client/asking.ts';
import { keepProject, keptProject } from '../start/Start.tsx';
import { addressHref, addressOf } from '../workspace/addresses.ts';
import { Frame } from './Frame.tsx';

/** Everything about one project: for whom the page asks, where it is, and its frame. An address without a project gets the one looked at last. */
export function ProjectFrame(): ReactNode {
  const given = useParams({ strict: false }) as { readonly project?: string };
  const project = given.project ?? keptProject() ?? 'default';
  const router = useRouter();
  const [pathname = '', query = ''] = useRouterState({ select: drawnAddress }).split('?');
  const [key, setKey] = useState(keptKey);
  const asking = useMemo(() => askingFor(project, key), [project, key]);
  const navigation = useMemo(
    () => ({
      address: addressOf(pathname, query),
      href: (address: Parameters<typeof addressHref>[1]) => addressHref(project, address),
      go: (href: string, how: 'push' | 'replace' = 'push') => {
        if (how === 'push') router.history.push(href);
        else router.history.replace(href);
      },
    }),
    [project, pathname, query, router],
  );
  useEffect(() => keepProject(project), [project]);
  useEffect(() => {
    const click = (event: MouseEvent): void => {
      const href = ownLink(event);
      if (href === null) return;
      event.preventDefault();
      router.history.push(href);
    };
    document.addEventListener('click', click);
    return () => document.removeEventListener('click', click);
  }, [router]);
  return (
    <CurrentAsking value={asking}>
      <CurrentNavigation value={navigation}>
        <Frame pathname={pathname} onKey={setKey} />
      </CurrentNavigation>
    </CurrentAsking>
  );
}

/** The address of the page that is drawn, which changes a moment after that of the browser; that one, where there is no page. */
function drawnAddress({ location, matches }: RouterState): string {
  const page = matches.find(({ routeId }) => isPage(routeId));
  if (page === undefined) return location.pathname;
  return `${page.pathname}?${new URLSearchParams(page.search as Record<string, string>)}`;
}

/** Whether a route is one of a project's pages, not the frame around them. */
const isPage = (routeId: string): boolean => routeId.startsWith('/p/$project/');

/** The address of a plain link to another page of the workspace that was clicked; null for anything else. */
function ownLink(event: MouseEvent): string | null {
  const { defaultPrevented, button, metaKey, ctrlKey, shiftKey, altKey } = event;
  if (defaultPrevented || button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  const href = link?.getAttribute('href') ?? '';
  if (link === null || link.hasAttribute('target') || link.hasAttribute('download')) return null;
  return /^\/(?:p\/|$)/.test(href) ? href : null;
}

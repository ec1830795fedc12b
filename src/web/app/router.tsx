import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouterHistory,
} from '@tanstack/react-router';
import { SCREENS } from './screens.ts';
import { Broken } from './shell/Broken.tsx';
import { NoSuchPage } from './shell/NoSuchPage.tsx';
import { ProjectFrame } from './shell/ProjectFrame.tsx';
import { Invitation } from './sign-in/Invitation.tsx';
import { Reset } from './sign-in/Reset.tsx';
import { SetUp } from './sign-in/SetUp.tsx';
import { SignedIn } from './sign-in/SignedIn.tsx';
import { Start } from './start/Start.tsx';

/** Addresses keep their text as it is: a version named `3` is no number. */
const parseSearch = (text: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(text));

const stringifySearch = (search: Record<string, unknown>): string => {
  const text = new URLSearchParams(search as Record<string, string>).toString();
  return text === '' ? '' : `?${text}`;
};

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: ProjectFrame,
});

const setUp = createRoute({ getParentRoute: () => root, path: '/setup', component: SetUp });

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: Invitation,
});

const reset = createRoute({ getParentRoute: () => root, path: '/reset', component: Reset });

const signedIn = createRoute({
  getParentRoute: () => root,
  path: '/signed-in',
  component: SignedIn,
});

/** Loaded by those alone who look at it. */
const apiDocs = createRoute({
  getParentRoute: () => root,
  path: '/api/docs',
  component: lazyRouteComponent(() => import('./api-docs/ApiDocs.tsx'), 'ApiDocs'),
});

const start = createRoute({ getParentRoute: () => root, path: '/', component: Start });

const project = createRoute({
  getParentRoute: () => root,
  path: '/p/$project',
  component: ProjectFrame,
  notFoundComponent: NoSuchPage,
});

const screens = SCREENS.map(({ path, view }) =>
  createRoute({ getParentRoute: () => project, path, component: view }),
);

/** The pages by their addresses. */
export const appRouter = (history?: RouterHistory) =>
  createRouter({
    routeTree: root.addChildren([
      start,
      setUp,
      invitation,
      reset,
      signedIn,
      apiDocs,
      project.addChildren(screens),
    ]),
    parseSearch,
    stringifySearch,
    defaultPreload: false,
    defaultErrorComponent: Broken,
    ...(history !== undefined && { history }),
  });

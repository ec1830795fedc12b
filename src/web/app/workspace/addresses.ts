import { GRANULARITIES } from '../../../contract/grouping.ts';
import type { Address } from '../../report/model/route.ts';
import { encodeScope, parseScope } from '../../report/model/scope.ts';

/** The part of an address that says which screen of a project it shows. */
export type ScreenPath = `/${string}`;

/** The path of a screen of a project: `/p/shop/activity`. */
export const pathOf = (project: string, screen: ScreenPath): string =>
  `/p/${encodeURIComponent(project)}${screen === '/' ? '' : screen}`;

/** An address of the report as one of the workspace: `/p/shop/causes/c-1234?level=fine`. */
export function addressHref(project: string, { route, granularity, scope }: Address): string {
  const query = [granularity === null ? '' : `level=${granularity}`, encodeScope(scope)]
    .filter((part) => part !== '')
    .join('&');
  return `${pathOf(project, screenOf(route))}${query === '' ? '' : `?${query}`}`;
}

/** The address that a path and a query stand for. Paths of other screens count as Home, with their level and scope. */
export function addressOf(path: string, query: string): Address {
  const [, , , screen, id] = path.split('/');
  const parts = new URLSearchParams(query);
  const granularity = GRANULARITIES.find((name) => parts.get('level') === name) ?? null;
  return { route: routeOf(screen, id), granularity, scope: parseScope(parts) };
}

function screenOf(route: Address['route']): ScreenPath {
  switch (route.kind) {
    case 'home':
      return '/';
    case 'cluster':
      return `/causes/${encoded(route.id)}`;
    case 'trace':
      return `/traces/${encoded(route.id)}`;
    case 'traces':
      return '/failures';
    case 'noise':
      return '/alone';
    case 'map':
      return '/map';
    case 'run':
      return '/about';
  }
}

function routeOf(screen: string | undefined, id: string | undefined): Address['route'] {
  const named = id === undefined ? null : decoded(id);
  if (screen === 'causes' && named !== null) return { kind: 'cluster', id: named };
  if (screen === 'traces' && named !== null) return { kind: 'trace', id: named };
  if (screen === 'failures') return { kind: 'traces' };
  if (screen === 'alone') return { kind: 'noise' };
  if (screen === 'map') return { kind: 'map' };
  if (screen === 'about') return { kind: 'run' };
  return { kind: 'home' };
}

/** Lone surrogates, which trace ids of faulty recorders may hold, cannot be part of an address. */
const encoded = (id: string): string => encodeURIComponent(id.toWellFormed());

function decoded(id: string): string | null {
  try {
    return decodeURIComponent(id);
  } catch {
    return null;
  }
}

import type { AttemptPlace } from '../../../contract/eval-report.ts';

/** What the list of cases shows. */
export interface CaseFilter {
  readonly role: 'guard' | 'control' | 'slice' | null;
  readonly result: 'pass' | 'other' | null;
  readonly query: string;
}

export const NO_FILTER: CaseFilter = { role: null, result: null, query: '' };

/** The view that the page shows: the content of the hash, so that every view can be linked. */
export type Route =
  | { readonly kind: 'home' }
  | { readonly kind: 'cases'; readonly filter: CaseFilter }
  | {
      readonly kind: 'case';
      readonly cause: string;
      readonly id: string;
      /** Attempts that were chosen; null for those that are compared first. */
      readonly left: AttemptPlace | null;
      readonly right: AttemptPlace | null;
    }
  | { readonly kind: 'about' };

/** Unknown hashes go to the verdict. */
export function parseRoute(hash: string): Route {
  const [page = '', search = ''] = hash.replace(/^#/, '').split('?');
  const parts = new URLSearchParams(search);
  if (page === 'about') return { kind: 'about' };
  if (page === 'cases') {
    const role = parts.get('role');
    const result = parts.get('result');
    return {
      kind: 'cases',
      filter: {
        role: role === 'guard' || role === 'control' || role === 'slice' ? role : null,
        result: result === 'pass' || result === 'other' ? result : null,
        query: parts.get('q') ?? '',
      },
    };
  }
  const [, cause, id] = /^(c-[^/]+)\/(.+)$/.exec(page) ?? [];
  if (cause === undefined || id === undefined) return { kind: 'home' };
  return {
    kind: 'case',
    cause,
    id,
    left: parsePlace(parts.get('left')),
    right: parsePlace(parts.get('right')),
  };
}

export function hashOf(route: Route): string {
  switch (route.kind) {
    case 'home':
    case 'about':
      return `#${route.kind}`;
    case 'cases': {
      const { role, result, query } = route.filter;
      return `#cases${searchOf({ role, result, q: query === '' ? null : query })}`;
    }
    case 'case': {
      const { left, right } = route;
      return `#${route.cause}/${route.id}${searchOf({ left: left && placeText(left), right: right && placeText(right) })}`;
    }
  }
}

function searchOf(parts: Readonly<Record<string, string | null>>): string {
  const given = Object.entries(parts).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${encodeURIComponent(value.toWellFormed())}`],
  );
  return given.length === 0 ? '' : `?${given.join('&')}`;
}

export const caseRoute = (cause: string, id: string): Route => ({
  ...{ kind: 'case', cause, id, left: null, right: null },
});

/** `baseline-2` is the second attempt of the baseline. */
const placeText = ({ arm, at }: AttemptPlace): string => `${arm}-${at + 1}`;

function parsePlace(text: string | null): AttemptPlace | null {
  const [, arm, number] = /^(recorded|baseline|candidate)-(\d{1,4})$/.exec(text ?? '') ?? [];
  if (arm !== 'recorded' && arm !== 'baseline' && arm !== 'candidate') return null;
  return { arm, at: Math.max(0, Number(number) - 1) };
}

import { useDeferredValue, useMemo } from 'react';
import { insideArea } from '../model/area.ts';
import { isInFacets, tracesIn } from '../model/facets.ts';
import type { ReportModel } from '../model/report-model.ts';
import { isNarrow, type Scope } from '../model/scope.ts';
import { countScope, type Scoped } from '../model/scoped.ts';
import { createSearch } from '../model/search.ts';
import { useArchive } from './use-archive.ts';

interface InScope {
  readonly scoped: Scoped;
  readonly passing: Uint8Array;
}

/** Everything counted in the scope, and which passing traces belong to it; null without a model. */
export function useScoped(model: ReportModel, scope: Scope): InScope;
export function useScoped(model: ReportModel | null, scope: Scope): InScope | null;
export function useScoped(model: ReportModel | null, scope: Scope): InScope | null {
  const archive = useArchive();
  const texts = archive?.texts ?? null;
  const search = useMemo(() => model && createSearch(model, texts), [model, texts]);
  const deferred = useDeferredValue(scope);
  const scoped = useMemo(() => {
    if (model === null || search === null) return null;
    const keep = keepOf(model, deferred, search(deferred.query));
    return countScope(model, keep, keep === null ? null : tracesIn(model, deferred));
  }, [model, deferred, search]);
  const passing = useMemo(
    () => model && Uint8Array.from(model.passing, (trace) => (isInFacets(trace, deferred) ? 1 : 0)),
    [model, deferred],
  );
  return useMemo(() => scoped && passing && { scoped, passing }, [scoped, passing]);
}

function keepOf(model: ReportModel, scope: Scope, found: Uint8Array | null): Uint8Array | null {
  if (!isNarrow(scope)) return null;
  const inside = scope.area === null ? null : insideArea(model, scope.area);
  return Uint8Array.from(model.failures, (failure, i) =>
    isInFacets(failure, scope) && (found === null || found[i] === 1) && inside?.[i] !== 0 ? 1 : 0,
  );
}

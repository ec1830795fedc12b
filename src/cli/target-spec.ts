import { type ModelSpec, modelSpec } from './model-spec.ts';

/** What `--target` names. */
export type TargetSpec =
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'http'; readonly url: string }
  | ({ readonly kind: 'model' } & ModelSpec)
  | { readonly kind: 'module'; readonly path: string }
  | { readonly kind: 'traces'; readonly path: string }
  | { readonly kind: 'run'; readonly id: string };

/**
 * Reads a spec: `cmd:node agent.js`, `https://…`, a model (see `modelSpec`), `./agent.ts`, `traces:new.jsonl`,
 * `run:last`. Null for anything else.
 */
export function targetSpec(spec: string): TargetSpec | null {
  const [, head = '', rest = ''] = /^([a-z]+):(.*)$/s.exec(spec) ?? [];
  if (head !== '' && rest.trim() === '') return null;
  switch (head) {
    case 'cmd':
      return { kind: 'command', command: rest.trim() };
    case 'http':
    case 'https':
      return { kind: 'http', url: spec };
    case 'traces':
      return { kind: 'traces', path: rest };
    case 'run':
      return { kind: 'run', id: rest };
  }
  const model = modelSpec(spec);
  if (model !== null) return { kind: 'model', ...model };
  return !spec.includes(':') && /\.[cm]?[jt]s$/.test(spec) ? { kind: 'module', path: spec } : null;
}

/** What `--target` names. */
export type TargetSpec =
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'http'; readonly url: string }
  /** `package` is null for an OpenAI-compatible endpoint, which needs none. */
  | {
      readonly kind: 'model';
      readonly provider: string;
      readonly package: string | null;
      readonly model: string;
    }
  | { readonly kind: 'module'; readonly path: string }
  | { readonly kind: 'traces'; readonly path: string }
  | { readonly kind: 'run'; readonly id: string };

/**
 * Reads a spec: `cmd:node agent.js`, `https://…`, `openai:gpt-5`, `anthropic:claude-sonnet-5` (of the package
 * `@ai-sdk/anthropic`), `@openrouter/ai-sdk-provider:model`, `./agent.ts`, `traces:new.jsonl`, `run:last`. Null for
 * anything else.
 */
export function targetSpec(spec: string): TargetSpec | null {
  const [, head = '', rest = ''] = /^((?:@[\w.-]+\/)?[a-z][\w.-]*):(.*)$/s.exec(spec) ?? [];
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
    case 'openai':
      return { kind: 'model', provider: head, package: null, model: rest };
    case '':
      return /\.[cm]?[jt]s$/.test(spec) ? { kind: 'module', path: spec } : null;
    default:
      return {
        ...{ kind: 'model', provider: head, model: rest },
        package: head.startsWith('@') ? head : `@ai-sdk/${head}`,
      };
  }
}

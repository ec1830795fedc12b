import type {
  AnswerUsage,
  AttemptRequest,
  Target,
  TargetAnswer,
} from '../../contract/eval-target.ts';
import type { Json } from '../../contract/json.ts';
import type { Trace } from '../../contract/trace.ts';
import { boundedFetch } from '../endpoint/bounded-fetch.ts';
import type { Clock } from '../endpoint/clock.ts';
import { withoutSecrets } from '../endpoint/endpoint-failure.ts';
import { retryAfter } from '../endpoint/retry-after.ts';

export interface HttpTargetOptions {
  /** Without user and password. */
  readonly url: string;
  readonly version: string | null;
  readonly timeoutMs: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body: `{{input}}` and other fields of the case are filled in. Null sends the whole case. */
  readonly template: Json | null;
  /** Tells templates apart. */
  readonly hash: string | null;
  /** Where the answer is in the response: keys and indexes. Empty for the whole response. */
  readonly path: readonly string[];
  /** Never shown, whatever the endpoint answers. */
  readonly secrets: readonly string[];
  readonly clock: Pick<Clock, 'now'>;
  /** The one trace in a response. */
  readonly read: (value: Uint8Array | object) => Promise<Trace>;
}

/** An endpoint that is posted the case as JSON and answers with JSON or text. */
export function httpTarget(options: HttpTargetOptions): Target {
  const { url, version, timeoutMs, headers, template, hash, path, secrets, clock, read } = options;
  const { origin, pathname } = new URL(url);
  const send = boundedFetch();
  return {
    record: { spec: `${origin}${pathname}`, kind: 'http', version, hash },
    ask: async (request, { signal, toolsUrl }): Promise<TargetAnswer> => {
      const timeout = AbortSignal.timeout(timeoutMs);
      const tools = toolsUrl === null ? {} : { toolsUrl, mcpUrl: `${toolsUrl}/mcp` };
      let response: Response;
      let text: string;
      try {
        response = await send(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(toolsUrl === null
              ? {}
              : { 'x-culprit-tools-url': toolsUrl, 'x-culprit-mcp-url': `${toolsUrl}/mcp` }),
            'x-culprit-case': request.case,
            ...headers,
          },
          body: JSON.stringify(
            template === null ? { ...request, ...tools } : fill(template, { ...request, ...tools }),
          ),
          signal: AbortSignal.any([signal, timeout]),
        });
        text = await response.text();
      } catch (error) {
        signal.throwIfAborted();
        return timeout.aborted
          ? failed('timeout', `no answer within ${timeoutMs / 1000} s`, true)
          : failed('unreachable', reasonOf(error), true, NOTHING);
      }
      if (!response.ok) {
        const { status } = response;
        const isInfrastructure = status >= 500 || status === 408 || status === 429;
        const said = withoutSecrets(text, secrets).slice(0, 300);
        return {
          ...failed(`http_${status}`, `status ${status}: ${said}`, isInfrastructure, NOTHING),
          retryAfterMs: retryAfter((name) => response.headers.get(name), clock.now()),
        };
      }
      try {
        const trace = await read(
          path.length === 0 ? whole(text) : answerAt(JSON.parse(text), path),
        );
        return {
          kind: 'answered',
          trace,
          usage: { tokens: tokensOf(trace), dollars: trace.usage.cost },
        };
      } catch (error) {
        return failed('unreadable_output', `its answer cannot be used: ${reasonOf(error)}`, false);
      }
    },
  };
}

/** A response that is no JSON is the answer itself. */
const whole = (text: string): Uint8Array | object =>
  /^\s*[[{]/.test(text) ? new TextEncoder().encode(text) : { output: text };

/** What is at the path: a text is the answer, an object a trace. */
function answerAt(body: unknown, path: readonly string[]): object {
  let value = body;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key))
      throw new Error(`there is nothing at ${path.join('.')} (no ${key})`);
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  if (typeof value === 'string') return { output: value };
  if (typeof value === 'object' && value !== null) return value;
  throw new Error(`at ${path.join('.')} is ${value === null ? 'null' : typeof value}, no answer`);
}

const tokensOf = ({ usage: { inputTokens, outputTokens } }: Trace): number | null =>
  inputTokens === null && outputTokens === null ? null : (inputTokens ?? 0) + (outputTokens ?? 0);

/** The template with the case filled in: `"{{messages}}"` becomes the value, `{{input}}` inside a text its text. */
export function fill(
  template: Json,
  request: AttemptRequest & { readonly toolsUrl?: string; readonly mcpUrl?: string },
): Json {
  const values: Readonly<Record<string, unknown>> = { ...request };
  const text = (given: string): Json => {
    const [, whole] = /^\{\{(\w+)\}\}$/.exec(given) ?? [];
    if (whole !== undefined && Object.hasOwn(values, whole)) return values[whole] as Json;
    return given.replace(/\{\{(\w+)\}\}/g, (mark, name: string) =>
      Object.hasOwn(values, name) ? asText(values[name]) : mark,
    );
  };
  return JSON.parse(JSON.stringify(template), (_, value: unknown) =>
    typeof value === 'string' ? text(value) : value,
  ) as Json;
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}

const failed = (
  code: string,
  message: string,
  isInfrastructure: boolean,
  usage?: AnswerUsage,
): Extract<TargetAnswer, { kind: 'failed' }> => ({
  ...{ kind: 'failed', code, message, isInfrastructure },
  ...(usage === undefined ? {} : { usage }),
});

/** What was refused, or never arrived, takes nothing. */
const NOTHING: AnswerUsage = { tokens: 0, dollars: 0 };

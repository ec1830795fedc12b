/** A request of ClickHouse's HTTP interface, apart from its body. */
export interface EngineRequest {
  /** `query` of the URL; then the body is data. Null when the body is the statement. */
  readonly sql: string | null;
  readonly queryId: string | null;
  /** In which tables are looked for; null: the default. */
  readonly database: string | null;
  readonly parameters: ReadonlyMap<string, string>;
  readonly settings: ReadonlyMap<string, string>;
}

export function engineRequest(url: URL): EngineRequest {
  const parameters = new Map<string, string>();
  const settings = new Map<string, string>();
  for (const [key, value] of url.searchParams) {
    if (key.startsWith('param_')) parameters.set(key.slice('param_'.length), value);
    else if (!OF_HTTP.has(key)) settings.set(key, value);
  }
  return {
    sql: url.searchParams.get('query'),
    queryId: url.searchParams.get('query_id'),
    database: url.searchParams.get('database'),
    parameters,
    settings,
  };
}

/** What is about the request, or about how the server would send the answer. */
const OF_HTTP: ReadonlySet<string> = new Set([
  ...['query', 'query_id', 'database', 'session_id', 'session_timeout', 'user', 'password', 'role'],
  ...['default_format', 'wait_end_of_query', 'buffer_size', 'enable_http_compression'],
  ...['send_progress_in_http_headers', 'http_headers_progress_interval_ms'],
]);

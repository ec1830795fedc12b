/** What a server says when it is ready. */
export interface ServeStart {
  readonly url: string;
  readonly otlpUrl: string;
  readonly grpcUrl: string;
  readonly folder: string;
  readonly setupUrl: string | null;
  readonly resetUrl: string | null;
  /** Whether requests need no key. */
  readonly isOpen: boolean;
  /** Where keys are made. */
  readonly keysUrl: string;
}

/** Where the server is, and one line per client that sends traces to it. */
export function serveLines(start: ServeStart): string {
  const { url, otlpUrl, grpcUrl, folder, isOpen } = start;
  const key = isOpen ? 'any' : 'KEY';
  const headers = isOpen ? '' : ' OTEL_EXPORTER_OTLP_HEADERS=x-api-key=KEY';
  return `Culprit serves ${url}
${linkLines(start)}
Send traces${isOpen ? '' : `, with a KEY that admins make at ${start.keysUrl}`}:
  OpenTelemetry  OTEL_EXPORTER_OTLP_ENDPOINT=${otlpUrl}${headers}
  over gRPC      OTEL_EXPORTER_OTLP_ENDPOINT=${grpcUrl} OTEL_EXPORTER_OTLP_PROTOCOL=grpc${headers}
  Langfuse       LANGFUSE_BASE_URL=${url} LANGFUSE_PUBLIC_KEY=any LANGFUSE_SECRET_KEY=${key}
  LangSmith      LANGSMITH_TRACING=true LANGSMITH_ENDPOINT=${url} LANGSMITH_API_KEY=${key}

Data: ${folder}
`;
}

function linkLines({ setupUrl, resetUrl }: ServeStart): string {
  const setUp =
    setupUrl === null
      ? ''
      : `
Add the first person, who may do everything; the link holds once, until the server stops:
  ${setupUrl}
`;
  const reset =
    resetUrl === null
      ? ''
      : `
Set the new password; the link holds once, for a day:
  ${resetUrl}
`;
  return setUp + reset;
}

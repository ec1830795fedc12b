/** What a server says when it is ready. */
export interface ServeStart {
  readonly url: string;
  readonly otlpUrl: string;
  readonly grpcUrl: string;
  readonly folder: string;
  readonly setupUrl: string | null;
}

/** Where the server is, and one line per client that sends traces to it. */
export const serveLines = ({
  url,
  otlpUrl,
  grpcUrl,
  folder,
  setupUrl,
}: ServeStart): string => `Culprit serves ${url}
${
  setupUrl === null
    ? ''
    : `
Add the first person, who may do everything; the link holds once, until the server stops:
  ${setupUrl}
`
}
Send traces:
  OpenTelemetry  OTEL_EXPORTER_OTLP_ENDPOINT=${otlpUrl}
  over gRPC      OTEL_EXPORTER_OTLP_ENDPOINT=${grpcUrl} OTEL_EXPORTER_OTLP_PROTOCOL=grpc
  Langfuse       LANGFUSE_BASE_URL=${url} LANGFUSE_PUBLIC_KEY=any LANGFUSE_SECRET_KEY=any
  LangSmith      LANGSMITH_TRACING=true LANGSMITH_ENDPOINT=${url} LANGSMITH_API_KEY=any

Data: ${folder}
`;

/** What a server says when it is ready. */
export interface ServeStart {
  readonly url: string;
  readonly otlpUrl: string;
  readonly grpcUrl: string;
  readonly folder: string;
}

/** Where the server is, and one line per client that sends traces to it. */
export const serveLines = ({
  url,
  otlpUrl,
  grpcUrl,
  folder,
}: ServeStart): string => `Culprit serves ${url}

Send traces:
  OpenTelemetry  OTEL_EXPORTER_OTLP_ENDPOINT=${otlpUrl}
  over gRPC      OTEL_EXPORTER_OTLP_ENDPOINT=${grpcUrl} OTEL_EXPORTER_OTLP_PROTOCOL=grpc
  Langfuse       LANGFUSE_BASE_URL=${url} LANGFUSE_PUBLIC_KEY=any LANGFUSE_SECRET_KEY=any
  LangSmith      LANGSMITH_TRACING=true LANGSMITH_ENDPOINT=${url} LANGSMITH_API_KEY=any

Data: ${folder}
`;

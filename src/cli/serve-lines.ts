/** What a server says when it is ready. */
export interface ServeStart {
  readonly url: string;
  readonly otlpUrl: string;
  readonly grpcUrl: string;
  readonly folder: string;
  readonly setupUrl: string | null;
  readonly resetUrl: string | null;
  /** Whether senders need a key. */
  readonly needsKeys: boolean;
  /** Whether other machines reach it under their address of this one. */
  readonly isOnAllAddresses: boolean;
}

/** Where the server is, and one line per client that sends traces to it. */
export function serveLines(start: ServeStart): string {
  const { url, otlpUrl, grpcUrl, folder, setupUrl, resetUrl, needsKeys, isOnAllAddresses } = start;
  const key = needsKeys ? 'KEY' : 'any';
  const headers = needsKeys ? ' OTEL_EXPORTER_OTLP_HEADERS=x-api-key=KEY' : '';
  return `Culprit serves ${url}
${
  setupUrl === null
    ? ''
    : `
Add the first person, who may do everything; the link holds once, until the server stops:
  ${setupUrl}
`
}${
  resetUrl === null
    ? ''
    : `
Set the new password; the link holds once, for a day:
  ${resetUrl}
`
}
Send traces:
  OpenTelemetry  OTEL_EXPORTER_OTLP_ENDPOINT=${otlpUrl}${headers}
  over gRPC      OTEL_EXPORTER_OTLP_ENDPOINT=${grpcUrl} OTEL_EXPORTER_OTLP_PROTOCOL=grpc${headers}
  Langfuse       LANGFUSE_BASE_URL=${url} LANGFUSE_PUBLIC_KEY=any LANGFUSE_SECRET_KEY=${key}
  LangSmith      LANGSMITH_TRACING=true LANGSMITH_ENDPOINT=${url} LANGSMITH_API_KEY=${key}
${needsKeys ? '\nKEY is one with the scope ingest; an admin makes it on the page People.\n' : ''}${
  isOnAllAddresses
    ? '\nOther machines put the name or address of this one in the place of 127.0.0.1.\n'
    : ''
}
Data: ${folder}
`;
}

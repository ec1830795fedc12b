import type { ReactNode } from 'react';
import { copy } from '../../hooks/copy.ts';
import { Button } from '../../parts/Button.tsx';
import { Card } from '../../parts/Card.tsx';
import { useAsking } from '../client/asking.ts';

/** The lines that send traces here, for each client. */
export function SendTraces(): ReactNode {
  const { project } = useAsking();
  const { origin } = location;
  return (
    <div className="send">
      {clients(origin, project).map(({ name, who, lines }) => (
        <Card
          key={name}
          title={name}
          aside={<Button onPress={() => copy(lines.join('\n'), 'Copied')}>Copy</Button>}
        >
          <p className="dim small">{who}</p>
          <pre className="code-lines">{lines.join('\n')}</pre>
        </Card>
      ))}
    </div>
  );
}

interface Client {
  readonly name: string;
  readonly who: string;
  readonly lines: readonly string[];
}

/** The same as in docs/serve.md. */
function clients(origin: string, project: string): readonly Client[] {
  const isDefault = project === 'default';
  return [
    {
      name: 'OpenTelemetry',
      who: 'OpenInference, OpenLLMetry, Traceloop, AI SDK, Strands, PydanticAI: any OTLP exporter over HTTP',
      lines: [
        `export OTEL_EXPORTER_OTLP_ENDPOINT=${origin}`,
        'export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf',
        ...(isDefault ? [] : [`export OTEL_EXPORTER_OTLP_HEADERS=x-culprit-project=${project}`]),
      ],
    },
    {
      name: 'Langfuse',
      who: 'Python and JavaScript SDKs; without keys on this machine, any keys will do',
      lines: [
        `export LANGFUSE_BASE_URL=${origin}`,
        'export LANGFUSE_PUBLIC_KEY=any',
        'export LANGFUSE_SECRET_KEY=any',
      ],
    },
    {
      name: 'LangSmith',
      who: 'LangChain, LangGraph and the LangSmith SDKs',
      lines: [
        'export LANGSMITH_TRACING=true',
        `export LANGSMITH_ENDPOINT=${origin}`,
        'export LANGSMITH_API_KEY=any',
        ...(isDefault ? [] : [`export LANGSMITH_PROJECT=${project}`]),
      ],
    },
    {
      name: 'Scores and feedback',
      who: 'From anywhere, for a trace by its id',
      lines: [
        `curl -X POST ${origin}/api/v1/scores \\`,
        `  -H 'content-type: application/json' \\`,
        ...(isDefault ? [] : [`  -H 'x-culprit-project: ${project}' \\`]),
        `  -d '{"traceId": "TRACE", "name": "helpful", "value": 0, "annotator": "human"}'`,
      ],
    },
  ];
}

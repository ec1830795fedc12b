import type { ReactNode } from 'react';
import { copy } from '../../hooks/copy.ts';
import { Button } from '../../parts/Button.tsx';
import { Card } from '../../parts/Card.tsx';
import { useSignIn } from '../access/use-sign-in.ts';
import { useAsking } from '../client/asking.ts';
import { pathOf } from '../workspace/addresses.ts';

/** The lines that send traces here, for each client. */
export function SendTraces(): ReactNode {
  const { project } = useAsking();
  const { origin } = location;
  const wantsKey = useSignIn().data?.isOn === true;
  return (
    <div className="send">
      {wantsKey && (
        <p className="dim">
          KEY is a key of the project, which admins make on the page{' '}
          <a className="link" href={pathOf(project, '/people')}>
            People
          </a>
          . It names the project by itself.
        </p>
      )}
      {clients(origin, wantsKey ? 'default' : project, wantsKey).map(({ name, who, lines }) => (
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
function clients(origin: string, project: string, wantsKey: boolean): readonly Client[] {
  const key = wantsKey ? 'KEY' : 'any';
  const isDefault = project === 'default';
  return [
    {
      name: 'OpenTelemetry',
      who: 'OpenInference, OpenLLMetry, Traceloop, AI SDK, Strands, PydanticAI: any OTLP exporter over HTTP',
      lines: [
        `export OTEL_EXPORTER_OTLP_ENDPOINT=${origin}`,
        'export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf',
        ...(isDefault ? [] : [`export OTEL_EXPORTER_OTLP_HEADERS=x-culprit-project=${project}`]),
        ...(wantsKey ? ['export OTEL_EXPORTER_OTLP_HEADERS=x-api-key=KEY'] : []),
      ],
    },
    {
      name: 'Langfuse',
      who: wantsKey
        ? 'Python and JavaScript SDKs'
        : 'Python and JavaScript SDKs; without keys on this machine, any keys will do',
      lines: [
        `export LANGFUSE_BASE_URL=${origin}`,
        'export LANGFUSE_PUBLIC_KEY=any',
        `export LANGFUSE_SECRET_KEY=${key}`,
      ],
    },
    {
      name: 'LangSmith',
      who: 'LangChain, LangGraph and the LangSmith SDKs',
      lines: [
        'export LANGSMITH_TRACING=true',
        `export LANGSMITH_ENDPOINT=${origin}`,
        `export LANGSMITH_API_KEY=${key}`,
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
        ...(wantsKey ? ["  -H 'x-api-key: KEY' \\"] : []),
        `  -d '{"traceId": "TRACE", "name": "helpful", "value": 0, "annotator": "human"}'`,
      ],
    },
  ];
}

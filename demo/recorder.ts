import {
  type Attributes,
  ROOT_CONTEXT,
  type Span,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Random } from './random.ts';

/** Records runs as spans through the OpenTelemetry SDK, with ids and times from the simulation. */
export interface Recorder {
  readonly start: (name: string, at: number, attributes: Attributes, parent?: Span) => Span;
  readonly fail: (span: Span, type: string, message: string) => void;
  /** Export requests in OTLP/JSON, `spansPerLine` spans each, in the order the spans ended. */
  readonly lines: (spansPerLine: number) => string[];
}

export function recorderFor(service: string, version: string, random: Random): Recorder {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': service,
      'service.version': version,
      'deployment.environment.name': 'production',
    }),
    idGenerator: { generateTraceId: () => random.hex(32), generateSpanId: () => random.hex(16) },
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('shop-support', '1.0.0');
  return {
    start: (name, at, attributes, parent) =>
      tracer.startSpan(
        name,
        { startTime: at, attributes },
        parent === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, parent),
      ),
    fail: (span, type, message) => {
      span.setStatus({ code: SpanStatusCode.ERROR, message });
      span.setAttribute('error.type', type);
    },
    lines: (spansPerLine) => {
      const spans = exporter.getFinishedSpans();
      const lines: string[] = [];
      for (let from = 0; from < spans.length; from += spansPerLine) {
        const body = JsonTraceSerializer.serializeRequest(spans.slice(from, from + spansPerLine));
        lines.push(new TextDecoder().decode(body));
      }
      return lines;
    },
  };
}

import { readdirSync, readFileSync } from 'node:fs';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';

type Spans = Parameters<typeof ProtobufTraceSerializer.serializeRequest>[0];

export type Encoding = 'protobuf' | 'json';

/** Bodies of OTLP requests as SDKs write them, made once. */
export interface Traffic {
  readonly encoding: Encoding;
  /** Spans in the body at a place. */
  spansOf(at: number): number;
  /** The body at a place with new ids of traces, and these; the bytes hold until the next call for the place. */
  fresh(at: number): { readonly body: Buffer; readonly ids: readonly string[] };
}

/** A number below `count`; same seed, same numbers: mulberry32. */
export function picker(seed: number): (count: number) => number {
  let state = seed;
  return (count) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * count);
  };
}

const DOCS = new URL('../../docs/', import.meta.url);

/** Words of the docs in any order: zstd shrinks such texts about three times, as it does prose. */
function writer(pick: (count: number) => number): (length: number) => string {
  const words = readdirSync(DOCS)
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => readFileSync(new URL(name, DOCS), 'utf8').match(/[A-Za-z][a-z]+/g) ?? []);
  return (length) => {
    let text = '';
    while (text.length < length) text += `${words[pick(words.length)]} `;
    return text.slice(0, length);
  };
}

export interface TrafficOptions {
  readonly encoding: Encoding;
  /** Traces in a body, 6.5 spans each. */
  readonly traces: number;
  /** Different bodies. */
  readonly bodies: number;
  readonly seed: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Agents that answer customers: workflow, agent, two model calls of which the second repeats the first, tool, retrieval of
 * three documents, and for every other trace a guardrail. About 2.7 kB a span as JSON; the system prompt repeats, every
 * eighth tool call fails, every ninth answer refuses.
 */
export function traffic({ encoding, traces, bodies, seed, now }: TrafficOptions): Traffic {
  const pick = picker(seed);
  const prose = writer(pick);
  const system = prose(1700);
  const made = Array.from({ length: bodies }, () => {
    const ids = Array.from({ length: traces }, () => hexId(pick, 32));
    const spans = ids.flatMap((id, nth) => agentTrace(id, nth, { pick, prose, system, now }));
    const serializer = encoding === 'protobuf' ? ProtobufTraceSerializer : JsonTraceSerializer;
    const body = Buffer.from(serializer.serializeRequest(spans as unknown as Spans) as Uint8Array);
    const places = ids.map((id) => placesOf(body, needle(id, encoding)));
    return { body, places, spans: spans.length };
  });
  let sent = 0;
  return {
    encoding,
    spansOf: (at) => (made[at % bodies] as (typeof made)[number]).spans,
    fresh(at) {
      const { body, places } = made[at % bodies] as (typeof made)[number];
      const ids = places.map((each) => {
        const id = `${seed.toString(16).padStart(8, '0')}${hexId(pick, 8)}${(sent++).toString(16).padStart(16, '0')}`;
        const bytes = needle(id, encoding);
        for (const place of each) bytes.copy(body, place);
        return id;
      });
      return { body, ids };
    },
  };
}

const needle = (id: string, encoding: Encoding): Buffer =>
  encoding === 'protobuf' ? Buffer.from(id, 'hex') : Buffer.from(id);

function placesOf(body: Buffer, bytes: Buffer): readonly number[] {
  const places: number[] = [];
  for (let at = body.indexOf(bytes); at >= 0; at = body.indexOf(bytes, at + 1)) places.push(at);
  return places;
}

const hexId = (pick: (count: number) => number, digits: number): string =>
  Array.from({ length: digits / 8 }, () =>
    pick(2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');

interface Making {
  readonly pick: (count: number) => number;
  readonly prose: (length: number) => string;
  readonly system: string;
  readonly now: number;
}

const resource = {
  attributes: { 'service.name': 'support', 'deployment.environment.name': 'production' },
};
const scope = { name: 'bench', version: '1' };

/** The spans of one trace, as exporters are given them. */
function agentTrace(traceId: string, nth: number, { pick, prose, system, now }: Making): object[] {
  const [question, answer] = [
    prose(200),
    pick(9) === 0 ? `I cannot help. ${prose(300)}` : prose(500),
  ];
  const message = (role: string, content: string) => ({ role, parts: [{ type: 'text', content }] });
  const ask = [message('system', system), message('user', question)];
  const documents = Array.from({ length: 3 }, (_, at) => ({
    id: `d${at}`,
    content: prose(700),
    score: 0.5,
  }));
  const [root, agent, failed] = [hexId(pick, 16), hexId(pick, 16), pick(8) === 0];
  const result = prose(1500);
  const model = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': `model-${pick(3)}`,
    'gen_ai.usage.input_tokens': 1000 + pick(4000),
    'gen_ai.usage.output_tokens': pick(400),
  };
  const made = (
    place: number,
    name: string,
    attributes: Record<string, string | number>,
    over: object = {},
  ): object => {
    const start = now + place * 90;
    return {
      name,
      kind: 0,
      spanContext: () => ({
        traceId,
        spanId: place === 0 ? root : place === 1 ? agent : hexId(pick, 16),
        traceFlags: 1,
      }),
      ...(place > 0 && {
        parentSpanContext: { traceId, spanId: place === 1 ? root : agent, traceFlags: 1 },
      }),
      startTime: hrTime(start),
      endTime: hrTime(start + (place < 2 ? 600 : 80)),
      status: { code: 1 },
      attributes,
      links: [],
      events: [],
      resource,
      instrumentationScope: scope,
      droppedAttributesCount: 0,
      droppedEventsCount: 0,
      droppedLinksCount: 0,
      ...over,
    };
  };
  const call = {
    'gen_ai.tool.name': 'lookup_order',
    'gen_ai.tool.call.arguments': JSON.stringify({ id: pick(9999) }),
  };
  return [
    made(0, 'support', {
      ...{ 'input.value': question, 'output.value': answer, 'user.id': `u${pick(9999)}` },
      ...{
        'session.id': hexId(pick, 16),
        'tenant.id': `tenant-${pick(200)}`,
        'app.release': `r${pick(4)}`,
      },
    }),
    made(1, 'invoke_agent support', {
      ...{ 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'support' },
      ...{ 'gen_ai.system_instructions': JSON.stringify([{ type: 'text', content: system }]) },
    }),
    made(2, 'chat model', {
      ...model,
      'gen_ai.input.messages': JSON.stringify(ask),
      'gen_ai.output.messages': JSON.stringify([
        {
          role: 'assistant',
          parts: [{ type: 'tool_call', id: 'c1', name: 'lookup_order', arguments: {} }],
          finish_reason: 'tool_call',
        },
      ]),
    }),
    made(
      3,
      'execute_tool lookup_order',
      {
        'gen_ai.operation.name': 'execute_tool',
        ...call,
        ...(failed ? { 'error.type': 'timeout' } : { 'gen_ai.tool.call.result': result }),
      },
      failed ? { status: { code: 2, message: 'the order service did not answer' } } : {},
    ),
    made(4, 'retrieve orders', {
      ...{ 'gen_ai.operation.name': 'retrieval', 'input.value': question },
      'gen_ai.retrieval.documents': JSON.stringify(documents),
    }),
    made(5, 'chat model', {
      ...model,
      'gen_ai.input.messages': JSON.stringify([
        ...ask,
        {
          role: 'assistant',
          parts: [{ type: 'tool_call', id: 'c1', name: 'lookup_order', arguments: {} }],
        },
        {
          role: 'tool',
          parts: [{ type: 'tool_call_response', id: 'c1', response: failed ? 'timeout' : result }],
        },
      ]),
      'gen_ai.output.messages': JSON.stringify([
        { ...message('assistant', answer), finish_reason: 'stop' },
      ]),
    }),
    ...(nth % 2 === 0
      ? [
          made(6, 'guardrail', {
            'openinference.span.kind': 'GUARDRAIL',
            'input.value': answer,
            'output.value': 'pass',
          }),
        ]
      : []),
  ];
}

const hrTime = (milliseconds: number): [number, number] => [
  Math.floor(milliseconds / 1000),
  Math.round((milliseconds % 1000) * 1e6),
];

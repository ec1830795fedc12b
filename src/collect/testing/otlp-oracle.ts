import protobuf from 'protobufjs';

const field = (id: number, type: string): { id: number; type: string } => ({ id, type });
const many = (id: number, type: string): { id: number; type: string; rule: string } => ({
  id,
  type,
  rule: 'repeated',
});

/** The part of opentelemetry-proto that carries spans and logs, field numbers as in the .proto files of 1.11. */
const root = protobuf.Root.fromJSON({
  nested: {
    TraceRequest: { fields: { resourceSpans: many(1, 'ResourceSpans') } },
    LogsRequest: { fields: { resourceLogs: many(1, 'ResourceLogs') } },
    ResourceSpans: {
      fields: {
        resource: field(1, 'Resource'),
        scopeSpans: many(2, 'ScopeSpans'),
        schemaUrl: field(3, 'string'),
      },
    },
    ResourceLogs: {
      fields: {
        resource: field(1, 'Resource'),
        scopeLogs: many(2, 'ScopeLogs'),
        schemaUrl: field(3, 'string'),
      },
    },
    Resource: {
      fields: { attributes: many(1, 'KeyValue'), droppedAttributesCount: field(2, 'uint32') },
    },
    ScopeSpans: {
      fields: {
        scope: field(1, 'Scope'),
        spans: many(2, 'Span'),
        schemaUrl: field(3, 'string'),
      },
    },
    ScopeLogs: {
      fields: {
        scope: field(1, 'Scope'),
        logRecords: many(2, 'LogRecord'),
        schemaUrl: field(3, 'string'),
      },
    },
    Scope: {
      fields: {
        name: field(1, 'string'),
        version: field(2, 'string'),
        attributes: many(3, 'KeyValue'),
        droppedAttributesCount: field(4, 'uint32'),
      },
    },
    Span: {
      fields: {
        traceId: field(1, 'bytes'),
        spanId: field(2, 'bytes'),
        traceState: field(3, 'string'),
        parentSpanId: field(4, 'bytes'),
        name: field(5, 'string'),
        kind: field(6, 'int32'),
        startTimeUnixNano: field(7, 'fixed64'),
        endTimeUnixNano: field(8, 'fixed64'),
        attributes: many(9, 'KeyValue'),
        droppedAttributesCount: field(10, 'uint32'),
        events: many(11, 'Event'),
        droppedEventsCount: field(12, 'uint32'),
        links: many(13, 'Link'),
        droppedLinksCount: field(14, 'uint32'),
        status: field(15, 'Status'),
        flags: field(16, 'fixed32'),
      },
    },
    Event: {
      fields: {
        timeUnixNano: field(1, 'fixed64'),
        name: field(2, 'string'),
        attributes: many(3, 'KeyValue'),
        droppedAttributesCount: field(4, 'uint32'),
      },
    },
    Link: {
      fields: {
        traceId: field(1, 'bytes'),
        spanId: field(2, 'bytes'),
        traceState: field(3, 'string'),
        attributes: many(4, 'KeyValue'),
        droppedAttributesCount: field(5, 'uint32'),
        flags: field(6, 'fixed32'),
      },
    },
    Status: { fields: { message: field(2, 'string'), code: field(3, 'int32') } },
    LogRecord: {
      fields: {
        timeUnixNano: field(1, 'fixed64'),
        observedTimeUnixNano: field(11, 'fixed64'),
        severityNumber: field(2, 'int32'),
        severityText: field(3, 'string'),
        body: field(5, 'AnyValue'),
        attributes: many(6, 'KeyValue'),
        droppedAttributesCount: field(7, 'uint32'),
        flags: field(8, 'fixed32'),
        traceId: field(9, 'bytes'),
        spanId: field(10, 'bytes'),
        eventName: field(12, 'string'),
      },
    },
    KeyValue: { fields: { key: field(1, 'string'), value: field(2, 'AnyValue') } },
    AnyValue: {
      oneofs: {
        value: {
          oneof: [
            'stringValue',
            'boolValue',
            'intValue',
            'doubleValue',
            'arrayValue',
            'kvlistValue',
            'bytesValue',
          ],
        },
      },
      fields: {
        stringValue: field(1, 'string'),
        boolValue: field(2, 'bool'),
        intValue: field(3, 'int64'),
        doubleValue: field(4, 'double'),
        arrayValue: field(5, 'ArrayValue'),
        kvlistValue: field(6, 'KeyValueList'),
        bytesValue: field(7, 'bytes'),
      },
    },
    ArrayValue: { fields: { values: many(1, 'AnyValue') } },
    KeyValueList: { fields: { values: many(1, 'KeyValue') } },
  },
});

export type Signal = 'TraceRequest' | 'LogsRequest';

/** OTLP/JSON (ids as hex) to its protobuf bytes, by protobufjs. */
export function encoded(signal: Signal, request: object): Uint8Array {
  const type = root.lookupType(signal);
  return new Uint8Array(type.encode(type.fromObject(withIds(request, fromHex) as object)).finish());
}

/** Protobuf bytes to OTLP/JSON (ids as hex), by protobufjs. Throws on an invalid body. */
export function decoded(signal: Signal, bytes: Uint8Array): object {
  const type = root.lookupType(signal);
  const value = type.toObject(type.decode(bytes), { longs: String, bytes: Uint8Array });
  return withIds(value, toHex) as object;
}

const IDS = new Set(['traceId', 'spanId', 'parentSpanId']);
const fromHex = (value: unknown): unknown => Buffer.from(String(value), 'hex');
const toHex = (value: unknown): unknown => Buffer.from(value as Uint8Array).toString('hex');

function withIds(value: unknown, convert: (id: unknown) => unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map((item) => withIds(item, convert));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      IDS.has(key) ? convert(item) : withIds(item, convert),
    ]),
  );
}

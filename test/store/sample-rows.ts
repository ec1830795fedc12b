import type { RawSpan } from '../../src/collect/collect.ts';
import type { DefinitionRow } from '../../src/store/telemetry/definition-row.ts';
import type { RecordRow } from '../../src/store/telemetry/record-row.ts';
import type { TraceRow } from '../../src/store/telemetry/trace-row.ts';

/** 1 July 2026, in epoch milliseconds. */
export const JULY = Date.UTC(2026, 6, 1);
/** Far enough that nothing expires in a test. */
export const LATER = Date.UTC(2099, 0, 1);

export const rawSpan = (over: Partial<RawSpan> = {}): RawSpan => ({
  traceId: 't1',
  spanId: 's1',
  parentId: null,
  name: 'chat',
  startTime: JULY,
  endTime: JULY + 1000,
  statusCode: 'unset',
  statusMessage: '',
  attributes: {},
  resource: {},
  scope: '',
  events: [],
  links: [],
  droppedAttributes: 0,
  ...over,
});

export const spanRow = (span: Partial<RawSpan> = {}, over: Partial<RecordRow> = {}): RecordRow => {
  const made = rawSpan(span);
  return {
    project: 'p',
    traceId: made.traceId,
    record: { kind: 'span', span: made },
    format: 'otlp',
    received: JULY + 2000,
    expires: LATER,
    ...over,
  };
};

export const traceRow = (over: Partial<TraceRow> = {}): TraceRow => ({
  project: 'p',
  traceId: 't1',
  anchor: JULY,
  version: 1,
  start: JULY,
  end: JULY + 1000,
  name: 'chat',
  status: 'ok',
  errorType: '',
  tenant: '',
  user: '',
  session: '',
  environment: '',
  release: '',
  promptName: '',
  promptVersion: '',
  model: '',
  provider: '',
  tags: [],
  metadata: {},
  input: '',
  output: '',
  rootSpan: '',
  spanCount: 1,
  inputTokens: 0,
  outputTokens: 0,
  cost: 0,
  scores: {},
  signals: [],
  gaps: [],
  eligible: true,
  failed: false,
  source: 'otlp',
  service: 'shop',
  sdk: 'opentelemetry',
  carries: ['input'],
  lacks: ['scores'],
  weight: 1,
  detectorVersion: '1',
  received: JULY + 2000,
  expires: LATER,
  ...over,
});

export const definitionRow = (over: Partial<DefinitionRow> = {}): DefinitionRow => ({
  ...{ project: 'p', traceId: 't1', kind: 'prompt', name: 'support', version: 'v1' },
  ...{ hash: 'a', text: 'Be brief.', size: 9, first: JULY, last: JULY, expires: LATER },
  ...over,
});

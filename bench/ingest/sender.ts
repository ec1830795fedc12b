import { Agent, request } from 'node:http';
import { type Encoding, type Traffic, traffic } from './traffic.ts';

/** Sends traces to a server as exporters do: `node sender.ts '{…}'`; tells its parent what became of them. */
export interface Sending {
  readonly url: string;
  readonly encodings: readonly Encoding[];
  /** Spans a second; null: as fast as they are taken. */
  readonly rate: number | null;
  readonly seconds: number;
  /** Requests at a time. */
  readonly lanes: number;
  /** Traces in a request, 6.5 spans each. */
  readonly traces: number;
  readonly seed: number;
  /** Epoch milliseconds of the first span of each trace. */
  readonly now: number;
}

export interface Sent {
  readonly seconds: number;
  readonly spans: number;
  readonly traces: number;
  readonly bytes: number;
  /** Answers that said: later. Such a request is sent again until it is taken. */
  readonly refused: Readonly<Record<string, number>>;
  /** Milliseconds from the begin of a request to its acknowledgment. */
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
  /** CPU of this process, microseconds. */
  readonly cpu: number;
  /** Bytes of a span on average, in OTLP/JSON. */
  readonly jsonBytes: number;
}

const TYPES = { protobuf: 'application/x-protobuf', json: 'application/json' } as const;

async function send({ url, lanes, rate, seconds, ...given }: Sending): Promise<Sent> {
  const agent = new Agent({ keepAlive: true, maxSockets: lanes });
  const sources = Array.from({ length: lanes }, (_, lane): Traffic => {
    const encoding = given.encodings[lane % given.encodings.length] as Encoding;
    return traffic({ ...given, encoding, bodies: 2, seed: given.seed + lane });
  });
  const json = traffic({ ...given, encoding: 'json', bodies: 2, seed: given.seed });
  const jsonBytes = json.fresh(0).body.length / json.spansOf(0);
  const waits: number[] = [];
  const refused: Record<string, number> = {};
  const total = { spans: 0, traces: 0, bytes: 0 };
  const cpu = process.cpuUsage();
  const began = performance.now();
  const end = began + seconds * 1000;
  let planned = 0;

  const lane = async (source: Traffic): Promise<void> => {
    for (let at = 0; ; at++) {
      const spans = source.spansOf(at);
      if (rate !== null) {
        const due = began + (planned / rate) * 1000;
        planned += spans;
        if (due >= end) return;
        const early = due - performance.now();
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
      }
      if (performance.now() >= end) return;
      const { body, ids } = source.fresh(at);
      for (;;) {
        const from = performance.now();
        const status = await post(`${url}/v1/traces`, TYPES[source.encoding], body, agent);
        if (status === 200) {
          waits.push(performance.now() - from);
          break;
        }
        refused[status] = (refused[status] ?? 0) + 1;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      total.spans += spans;
      total.traces += ids.length;
      total.bytes += body.length;
    }
  };
  await Promise.all(sources.map(lane));
  const used = process.cpuUsage(cpu);
  agent.destroy();
  waits.sort((a, b) => a - b);
  const share = (part: number): number => waits[Math.floor(waits.length * part)] ?? Number.NaN;
  return {
    ...total,
    ...{ refused, jsonBytes, p50: share(0.5), p99: share(0.99), worst: waits.at(-1) ?? 0 },
    seconds: (performance.now() - began) / 1000,
    cpu: used.user + used.system,
  };
}

/** The status; 0 when there is no answer. */
const post = (url: string, type: string, body: Buffer, agent: Agent): Promise<number> =>
  new Promise((resolve) => {
    const headers = { 'content-type': type, 'content-length': body.length };
    const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
      answer.on('error', () => resolve(0));
    });
    sent.on('error', () => resolve(0));
    sent.end(body);
  });

if (process.send !== undefined) {
  const sent = await send(JSON.parse(process.argv[2] ?? '{}') as Sending);
  process.send(sent);
}

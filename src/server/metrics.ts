import { Counter, Gauge, Histogram, Registry } from './packages.ts';

/** What the server counts about itself, for Prometheus. */
export interface Metrics {
  /** Records accepted, by kind. */
  received(kind: 'span' | 'log' | 'score' | 'conversation', count: number): void;
  /** Records that were not taken, by reason. */
  rejected(reason: string, count: number): void;
  /** An answered request of the receiving paths; `seconds` from its first byte to the answer. */
  answered(path: string, status: number, seconds: number): void;
  /** A value that is read when the metrics are. */
  gauge(name: string, help: string, read: () => number): void;
  /** Values by the one label, read when the metrics are; what cannot be read is left out. */
  gauges(
    name: string,
    help: string,
    label: string,
    read: () => Promise<Readonly<Record<string, number>>>,
  ): void;
  readonly totals: () => {
    readonly received: number;
    readonly rejected: Readonly<Record<string, number>>;
  };
  /** In the text format of Prometheus. */
  readonly text: () => Promise<string>;
}

export function metrics(): Metrics {
  const registers = [new Registry()];
  const received = new Counter({
    name: 'culprit_received_total',
    help: 'Records accepted and durable, by kind.',
    labelNames: ['kind'],
    registers,
  });
  const rejected = new Counter({
    name: 'culprit_rejected_total',
    help: 'Records that were not taken, by reason.',
    labelNames: ['reason'],
    registers,
  });
  const answered = new Histogram({
    name: 'culprit_receive_seconds',
    help: 'Time from a request to its answer, on the receiving paths.',
    labelNames: ['path', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  let total = 0;
  const byReason: Record<string, number> = {};
  return {
    received(kind, count) {
      if (count === 0) return;
      total += count;
      received.inc({ kind }, count);
    },
    rejected(reason, count) {
      if (count === 0) return;
      byReason[reason] = (byReason[reason] ?? 0) + count;
      rejected.inc({ reason }, count);
    },
    answered: (path, status, seconds) => answered.observe({ path, status }, seconds),
    gauge(name, help, read) {
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read());
        },
      });
    },
    gauges(name, help, label, read) {
      new Gauge({
        name,
        help,
        labelNames: [label],
        registers,
        async collect() {
          this.reset();
          const values = await read().catch(() => ({}));
          for (const [value, count] of Object.entries(values)) this.set({ [label]: value }, count);
        },
      });
    },
    totals: () => ({ received: total, rejected: { ...byReason } }),
    text: () => registers[0]!.metrics(),
  };
}

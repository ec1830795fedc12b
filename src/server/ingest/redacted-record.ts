import type { RawRecord } from '../../collect/collect.ts';
import type { Redactor } from '../../redact/redact.ts';

/** A record without personal data and secrets; ids, names of events and times stay, because records are joined by them. */
export function redactedRecord(record: RawRecord, redact: Redactor): RawRecord {
  switch (record.kind) {
    case 'span': {
      const { span } = record;
      return {
        kind: 'span',
        span: {
          ...span,
          name: redact.text(span.name),
          statusMessage: redact.text(span.statusMessage),
          attributes: redact.data(span.attributes),
          resource: redact.data(span.resource),
          events: span.events.map((event) => ({
            ...event,
            attributes: redact.data(event.attributes),
          })),
        },
      };
    }
    case 'log': {
      const { log } = record;
      return {
        kind: 'log',
        log: {
          ...log,
          body: redact.data(log.body),
          attributes: redact.data(log.attributes),
          resource: redact.data(log.resource),
        },
      };
    }
    case 'score': {
      const { score } = record.score;
      const explanation = score.explanation === null ? null : redact.text(score.explanation);
      const label = score.label === null ? null : redact.text(score.label);
      return { kind: 'score', score: { ...record.score, score: { ...score, label, explanation } } };
    }
    case 'conversation':
      return { kind: 'conversation', conversation: redact.data(record.conversation) };
  }
}

import { describe, expect, test } from 'vitest';
import { serveLines } from './serve-lines.ts';

const start = {
  ...{ url: 'http://127.0.0.1:7117', otlpUrl: 'http://127.0.0.1:4318' },
  ...{ grpcUrl: 'http://127.0.0.1:4317', folder: '/data', setupUrl: null, resetUrl: null },
  keysUrl: 'https://culprit.example.com/p/default/people',
};

describe('what the server says when it is ready', () => {
  test('any key does where none is needed', () => {
    const lines = serveLines({ ...start, isOpen: true });
    expect(lines).toContain('LANGSMITH_API_KEY=any\n');
    expect(lines).not.toContain('HEADERS');
  });

  test('else every client is given a key, and where to make it', () => {
    const lines = serveLines({ ...start, isOpen: false });
    expect(lines).toContain(
      'with a KEY that admins make at https://culprit.example.com/p/default/people',
    );
    expect(lines.match(/OTEL_EXPORTER_OTLP_HEADERS=x-api-key=KEY/g)).toHaveLength(2);
    expect(lines).toContain('LANGFUSE_SECRET_KEY=KEY\n');
    expect(lines).toContain('LANGSMITH_API_KEY=KEY\n');
  });
});

import { expect, test } from 'vitest';
import { serveLines } from './serve-lines.ts';

const start = {
  ...{ url: 'http://127.0.0.1:7117', otlpUrl: 'http://127.0.0.1:4318' },
  ...{ grpcUrl: 'http://127.0.0.1:4317', folder: '/data', setupUrl: null, resetUrl: null },
};

test('on loopback, lines to paste as they are', () => {
  const lines = serveLines({ ...start, needsKeys: false, isOnAllAddresses: false });
  expect(lines).toContain('OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318\n');
  expect(lines).toContain('LANGSMITH_API_KEY=any\n\nData: /data\n');
  expect(lines).not.toMatch(/KEY is|Other machines/);
});

test('where keys are required, every line has a place for one', () => {
  const lines = serveLines({ ...start, needsKeys: true, isOnAllAddresses: true });
  const sending = lines.split('\n').filter((line) => /^ {2}\w.*=http/.test(line));
  expect(sending).toHaveLength(4);
  for (const line of sending) expect(line).toMatch(/=KEY$/);
  expect(lines).toContain(
    'KEY is one with the scope ingest; an admin makes it on the page People.',
  );
  expect(lines).toContain('the name or address of this one in the place of 127.0.0.1.');
});

import { describe, expect, it } from 'vitest';
import { sniffBytes } from './sniff-bytes.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const text = (value: string) => new TextEncoder().encode(value);
const kindOf = (head: Uint8Array) => sniffBytes(head).kind;

describe('the container', () => {
  it.each([
    ['one object a line', '{"a":1}\n{"a":2}\n', 'json-lines'],
    ['one object on one line', '{"a":{"b":1}}', 'json-lines'],
    ['blank lines first', '\n\n  {"a":1}\n', 'json-lines'],
    ['an object over several lines', '{\n  "a": 1\n}\n', 'json-values'],
    ['an object whose first line holds a whole key', '{"a": 1,\n "b": 2}\n', 'json-values'],
    ['a first line cut inside a text', '{"a":"x\n{"a":2}\n', 'json-lines'],
    ['a list', '[{"a":1},\n{"a":2}]', 'json-values'],
    ['a list a line', '[{"role":"user"}]\n[{"role":"user"}]\n', 'json-lines'],
    ['words before the first object', 'starting…\n{"a":1}\n', 'json-lines'],
    ['a header', 'id,input,output\n1,hi,hello\n', 'csv'],
    ['a header with quotes and tabs', '"id"\t"user input"\n', 'csv'],
    ['a form', '--x1\r\nContent-Disposition: form-data; name="post.1"\r\n', 'multipart'],
    ['NUL bytes between lines', '{"a":1}\n\0\0\n{"a":2}\n', 'json-lines'],
    ['NUL bytes before the first line', '\0\0\0\0\0\n{"a":1}\n{"a":2}\n', 'json-lines'],
    ['a header before NUL bytes', 'id,input\n1,\0\0\n', 'csv'],
    ['nothing', '', 'empty'],
    ['blanks', ' \n\n', 'empty'],
    ['prose', 'To whom it may concern!\n', 'unknown'],
    ['a web page', '<!doctype html>\n<html>', 'unknown'],
  ])('of %s is recognized from its text', (_, head, kind) => {
    expect(kindOf(text(head))).toBe(kind);
  });

  it.each([
    ['Parquet', text('PAR1\u0015\u0004'), 'parquet'],
    ['OTLP protobuf', bytes(0x0a, 0x80, 0x01, 0x0a, 0x02, 0x12, 0x00), 'otlp-protobuf'],
    ['length-prefixed protobuf', bytes(0, 0, 0, 6, 0x0a, 4, 1, 2, 3, 4), 'length-prefixed'],
    ['length-prefixed zstd', bytes(0, 0, 0, 9, 0x28, 0xb5, 0x2f, 0xfd, 1, 2), 'length-prefixed'],
    ['a zip archive', bytes(0x50, 0x4b, 3, 4, 0, 0), 'zip'],
    ['an executable', bytes(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0), 'unknown'],
  ])('of %s is recognized from its bytes', (_, head, kind) => {
    expect(kindOf(head)).toBe(kind);
  });

  it('of an object longer than any line is one value', () => {
    expect(sniffBytes(text('{"a":[1,2'), 9).kind).toBe('json-values');
    expect(sniffBytes(text('{"a":[1,2'), 10).kind).toBe('json-lines');
  });

  it('begins after a byte order mark', () => {
    expect(sniffBytes(text('\uFEFF{"a":1}\n'))).toEqual({ kind: 'json-lines', skip: 3 });
  });

  it('describes the bytes when nothing fits', () => {
    expect(sniffBytes(text('hello world'))).toEqual({
      kind: 'unknown',
      seen: 'text beginning with "hello world"',
    });
  });
});

import { describe, expect, test } from 'vitest';
import { labelsOfFile } from './label-file.ts';

const read = (text: string) => Object.fromEntries(labelsOfFile(text, '--labels labels'));

describe('labelsOfFile', () => {
  test('reads JSON Lines, JSON and tables', () => {
    const labels = { a: true, b: false };
    expect(read('{"trace_id":"a","failed":true}\n\n{"trace_id":"b","failed":0}\n')).toEqual(labels);
    expect(read('[{"id":"a","label":"fail"},{"id":"b","label":"Pass"}]')).toEqual(labels);
    expect(read('trace_id,failed\na,yes\nb,no\n')).toEqual(labels);
    expect(read('trace_id;label\na;incorrect\nb;correct\n')).toEqual(labels);
    expect(read('trace_id,value\na,0\nb,1\n')).toEqual(labels);
  });

  test('names the line that cannot be read', () => {
    expect(() => read('{"trace_id":"a","failed":true}\n{"failed":true}')).toThrow(
      'line 2 has no trace_id',
    );
    expect(() => read('{"trace_id":"a","label":"maybe"}')).toThrow('line 1 does not say whether');
    expect(() => read('{"trace_id":"a"}')).toThrow('line 1 does not say whether');
    expect(() => read('{"trace_id":')).toThrow('line 1: not valid JSON');
    expect(() => read('[1]')).toThrow('list of objects');
  });

  test('labels of a judge are refused', () => {
    expect(() => read('{"trace_id":"a","failed":true,"annotator":"model"}')).toThrow('--imitate');
  });
});

import { describe, expect, it } from 'vitest';
import { nameWords } from './name-words.ts';

describe('nameWords', () => {
  it.each([
    ['getOrderDetails', ['get', 'order', 'detail']],
    ['HTTPServer_name', ['http', 'server', 'name']],
    ['cities', ['city']],
    ['address', ['address']],
    ['Züge_von', ['züge', 'von']],
    ['ORDER2id', ['order', 'id']],
  ])('splits %s', (name, expected) => {
    expect(nameWords(name)).toEqual(expected);
  });
});

import { expect, test } from 'vitest';
import { bodyStart, resultForm } from './result-form.ts';

test.each([
  'Error: unable to retrieve the recipes at this time.',
  'Unable to access customer profile details',
  'Failed to send the message',
  'ValueError: channel general not found in the channels',
  'Traceback (most recent call last):\n  File "a.py", line 1\nKeyError: 3',
  '{"success": false, "data": {"id": 3}}',
  '{"status": "failed", "id": 3}',
  "{'customer_data': None, 'error': 'Request timeout after 30 seconds'}",
  '{"order_status": "error"}',
  '{"http_status": 503, "body": "x"}',
  '{"exit_code": 2, "stdout": "x"}',
  '<returncode>1</returncode>\n<output>ls: no such file</output>',
  'Observation 3: Error: timed out',
  'Fehler: Vertrag 4711 wurde nicht gefunden',
  'Ошибка: нет доступа',
  '错误：找不到合同',
  '{"error": {"message": "quota"}, "items": [{"a": 1',
])('%s is an error', (text) => {
  expect(resultForm(text)).toBe('error');
});

test.each([
  '[]',
  '{}',
  'None',
  'null',
  'No recipes found',
  'There are no matching records.',
  'Could not find [Speed of Sound (song)]. Similar: [Speed of Sound]',
  'Observation 2: Could not find [x].',
  '{"recipes": [], "message": "No recipes found"}',
  '{"dishes": [], "note": "No dish matches"}',
  '{"hits": 0, "items": []}',
  "{'flights': []}",
  '[[], {}]',
  '{"success": false, "message": "No results found"}',
])('%s is empty', (text) => {
  expect(resultForm(text)).toBe('empty');
});

test.each([
  'Error handling in Python is done with try and except.',
  'Invalid reasoning is a topic of logic. '.repeat(30),
  '{"error": null, "items": [1]}',
  '{"success": true, "items": []  , "next": 4}',
  '{"status": "ok", "log": "error: none"}',
  '{"articles": [{"title": "x", "error": "in the data"}]}',
  'Exit code: 0\nall tests passed',
  'The film was a failure at the box office.',
  '3 errors were fixed',
])('%s is data', (text) => {
  expect(resultForm(text)).toBe('data');
});

test.each([
  'Invalid Action. Valid Actions are Lookup[<topic>] and Search[<topic>].',
  'I did not understand your reply. Please use the format.',
  'Error in code parsing: the blob is invalid',
])('%s is a complaint of whoever carries out the steps', (text) => {
  expect(resultForm(text)).toBe('complaint');
});

test('no text is blank, with a label or without', () => {
  expect(resultForm('  ')).toBe('blank');
  expect(resultForm('Observation 4: ')).toBe('blank');
});

test('a result begins after its labels', () => {
  const text = 'Call id: call_2\nObservation:\nExecution logs:\n42';
  expect(text.slice(bodyStart(text))).toBe('42');
});

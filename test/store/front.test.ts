import { Readable } from 'node:stream';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestEngine, testEngine } from './test-engine.ts';
import { describeStore, START_MS } from './test-store.ts';

/** The front in front of the embedded engine, through ClickHouse's own client and through plain HTTP. */
describeStore('front', () => {
  let store: TestEngine;
  let client: ClickHouseClient;
  let url: string;
  beforeAll(async () => {
    store = await testEngine();
    ({ url } = store);
    client = createClient({
      ...{ url, compression: { request: true, response: true } },
      log: { level: ClickHouseLogLevel.OFF },
    });
    await client.command({
      query: 'CREATE TABLE t (id UInt32, text String) ENGINE = MergeTree ORDER BY id',
    });
  }, START_MS);
  afterAll(async () => {
    await client.close();
    await store.close();
  }, START_MS);

  const rows = async (query: string, more: object = {}): Promise<unknown[]> => {
    const result = await client.query({ query, format: 'JSONEachRow', ...more });
    return result.json();
  };

  test('answers a ping', async () => {
    expect(await client.ping()).toEqual({ success: true });
    expect(await (await fetch(`${url}/ping`)).text()).toBe('Ok.\n');
  });

  test('takes rows and gives them back, zipped both ways', async () => {
    const values = [
      { id: 1, text: '-- { error }' },
      { id: 2, text: 'é 🙂\n\t\\' },
    ];
    await client.insert({ table: 't', values, format: 'JSONEachRow' });
    expect(await rows('SELECT * FROM t ORDER BY id')).toEqual(values);
    const answer = await fetch(url, { method: 'POST', body: 'SELECT 1 AS x FORMAT JSONEachRow' });
    expect(await answer.json()).toEqual({ x: 1 });
    expect(answer.headers.get('content-encoding')).toBe('gzip');
  });

  test('binds parameters of every type', async () => {
    const given = {
      text: "it's -- { error } \\ {x:String}\n\t\0",
      list: ["a'b", 'c,d', '[e]'],
      number: -1.5,
      big: '18446744073709551615',
      flag: true,
      none: null,
    };
    const [row] = await rows(
      `SELECT {text:String} AS text, {list:Array(String)} AS list, {number:Float64} AS number,
{big:UInt64} AS big, {flag:Bool} AS flag, {none:Nullable(String)} AS none`,
      {
        query_params: given,
        clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
      },
    );
    expect(row).toEqual(given);
    await expect(rows('SELECT {absent:String}')).rejects.toMatchObject({ code: '456' });
  });

  test('a setting holds for its statement only', async () => {
    const query = "SELECT getSetting('max_threads') AS threads";
    const before = await rows(query);
    expect(await rows(query, { clickhouse_settings: { max_threads: 7 } })).toEqual([
      { threads: 7 },
    ]);
    for (let session = 0; session < 8; session++) expect(await rows(query)).toEqual(before);
    await expect(
      client.command({ query: 'CREATE DATABASE x', clickhouse_settings: { max_threads: 1 } }),
    ).rejects.toThrow(/setting max_threads has no place/);
  });

  test('errors have the code and name that the engine gives them', async () => {
    await expect(rows('SELECT * FROM absent')).rejects.toMatchObject({
      ...{ code: '60', type: 'UNKNOWN_TABLE' },
    });
    await expect(rows('SELEC 1')).rejects.toMatchObject({ code: '62', type: 'SYNTAX_ERROR' });
    await expect(
      rows('SELECT sleep(2)', { clickhouse_settings: { max_execution_time: 1 } }),
    ).rejects.toMatchObject({ code: '159', type: 'TIMEOUT_EXCEEDED' });
    const answer = await fetch(url, { method: 'POST', body: 'SELECT * FROM absent' });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('x-clickhouse-exception-code')).toBe('60');
    expect(await answer.text()).toMatch(/^Code: 60\. DB::Exception: .*\(UNKNOWN_TABLE\)/);
  });

  test('an error half-way breaks the answer off', async () => {
    await expect(async () => {
      const result = await client.query({
        query: 'SELECT number, throwIf(number = 150000) FROM numbers(200000)',
        format: 'JSONEachRow',
      });
      for await (const _ of result.stream());
    }).rejects.toThrow();
  });

  test('gives the query id back', async () => {
    const result = await client.query({
      query: 'SELECT 1',
      format: 'JSONEachRow',
      query_id: 'mine',
    });
    expect(result.query_id).toBe('mine');
  });

  test('streams at the pace of the reader', async () => {
    const result = await client.query({
      query: 'SELECT number, repeat(toString(number), 100) AS text FROM numbers(30000)',
      format: 'JSONEachRow',
    });
    let seen = 0;
    for await (const batch of result.stream()) {
      seen += batch.length;
      if (seen % 7 === 0) await new Promise(setImmediate);
    }
    expect(seen).toBe(30_000);
  });

  test('a reader that goes away frees its session', async () => {
    for (let nth = 0; nth < 6; nth++) {
      const result = await client.query({
        query: 'SELECT number, repeat(toString(number), 100) AS text FROM numbers(300000)',
        ...{ format: 'JSONEachRow', clickhouse_settings: { max_block_size: '1000' } },
      });
      for await (const _ of result.stream()) break;
    }
    expect(await rows('SELECT 1 AS x')).toEqual([{ x: 1 }]);
  });

  test('a sender that goes away leaves no rows', async () => {
    const gone = new AbortController();
    const endless = new Readable({ read() {} });
    endless.push(Buffer.from([9, 0, 0, 0, 1, 65]));
    const sent = client.exec({
      query: 'INSERT INTO t (id, text) FORMAT RowBinary',
      ...{ values: endless, abort_signal: gone.signal },
    });
    setTimeout(() => gone.abort(), 100);
    await expect(sent).rejects.toThrow();
    expect(await rows('SELECT * FROM t WHERE id = 9')).toEqual([]);
  });

  test('tab- and comma-separated values are refused', async () => {
    for (const format of [
      'TabSeparated',
      'TSV',
      'CSV',
      'CSVWithNames',
      'Values',
      'CustomSeparated',
    ]) {
      const query = new URLSearchParams({ query: `INSERT INTO t (id, text) FORMAT ${format}` });
      const answer = await fetch(`${url}/?${query}`, { method: 'POST', body: '5\tx\n' });
      expect(answer.status).toBe(400);
      expect(await answer.text()).toMatch(/is refused: text in it/);
    }
    expect(await rows('SELECT * FROM t WHERE id = 5')).toEqual([]);
  });

  test('a slow statement does not hold up the others', async () => {
    const order: string[] = [];
    const slow = rows('SELECT sleep(2)').then(() => order.push('slow'));
    await rows('SELECT {x:UInt8} AS x', { query_params: { x: 1 } }).then(() => order.push('fast'));
    await slow;
    expect(order).toEqual(['fast', 'slow']);
  });
});

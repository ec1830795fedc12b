import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  type EmbeddedDatabase,
  startEmbedded,
} from '../src/store/workspace/embedded/embedded-database.ts';
import { guardedDatabase } from '../src/store/workspace/guarded-database.ts';
import { openPool } from '../src/store/workspace/open-pool.ts';
import type { Pool } from '../src/store/workspace/packages.ts';
import { openWorkspace } from '../src/store/workspace/workspace.ts';
import { postgresHome, startPostgres } from './postgres.ts';
import { canMakeDisks, smallDisk } from './small-disk.ts';

const folder = mkdtempSync(join(tmpdir(), 'culprit-workspace-faults-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function embedded<Result>(
  work: (database: EmbeddedDatabase, pool: Pool) => Promise<Result>,
): Promise<Result> {
  const database = await startEmbedded(folder);
  const { folder: host, port } = database;
  const pool = openPool({ host, port, user: 'postgres', database: 'postgres', max: 4 });
  try {
    return await work(database, pool);
  } finally {
    await pool.end();
    await database.stop();
  }
}

const deploy = (id: string, note = '') => ({
  ...{ id, project: 'p', at: 1, release: 'r', promptVersion: '', model: '', environment: '', note },
});

describe('the embedded workspace', () => {
  test('a thread that dies is away, and comes back with all that was acknowledged', async () => {
    await embedded(async (database, pool) => {
      await pool.query('CREATE TABLE kept (n integer)');
      let written = 0;
      const writer = (async () => {
        for (; written < 300; written++)
          await pool.query('INSERT INTO kept VALUES ($1)', [written]);
      })().catch((error: unknown) => error);
      await expect.poll(() => written).toBeGreaterThan(20);
      await database.kill();
      expect(await writer).toBeInstanceOf(Error);
      const asked = guardedDatabase(pool).run((db) => db.execute('SELECT 1'));
      await expect(asked).rejects.toMatchObject({ code: 'store_unavailable' });
      const count = async (): Promise<number> => {
        const { rows } = await pool.query('SELECT count(*)::integer AS n FROM kept');
        return rows[0].n;
      };
      await expect.poll(() => count().catch(() => -1), { timeout: 30_000 }).toBeGreaterThan(0);
      // The last one may have been written without an answer.
      expect([written, written + 1]).toContain(await count());
      expect(database.restarts()).toBe(1);
    });
  });

  test('it stops though its thread is dead', async () => {
    const database = await startEmbedded(folder);
    await database.kill();
    await database.stop();
  });

  test('large statements beside small ones each get their own answer', async () => {
    await embedded(async (_, pool) => {
      await pool.query('CREATE TABLE notes (n integer, note text)');
      const large = Array.from({ length: 8 }, (_, n) =>
        pool.query('INSERT INTO notes VALUES ($1, $2)', [n, `${n}`.repeat(900_000)]),
      );
      const small = Array.from({ length: 80 }, async (_, n) => {
        const { rows } = await pool.query('SELECT $1::text AS text', [`${n}`]);
        return rows[0].text;
      });
      expect(await Promise.all(small)).toEqual(Array.from({ length: 80 }, (_, n) => `${n}`));
      await Promise.all(large);
      const { rows } = await pool.query(
        'SELECT n, length(note) AS size, left(note, 1)::integer AS first FROM notes ORDER BY n',
      );
      expect(rows).toEqual(Array.from({ length: 8 }, (_, n) => ({ n, size: 900_000, first: n })));
    });
  });

  test('a client that goes away in a transaction leaves the database to the others', async () => {
    await embedded(async (database, pool) => {
      await pool.query('CREATE TABLE gone (n integer)');
      const client = await pool.connect();
      await client.query('BEGIN');
      await client.query('INSERT INTO gone VALUES (1)');
      const waiting = pool.query('SELECT count(*)::integer AS n FROM gone');
      client.release(new Error('goes away'));
      expect((await waiting).rows).toEqual([{ n: 0 }]);
      const stranger = connect(join(database.folder, `.s.PGSQL.${database.port}`));
      stranger.on('error', () => {});
      stranger.write('GET / HTTP/1.1\r\n\r\n');
      await new Promise((closed) => stranger.once('close', closed));
      expect((await pool.query('SELECT 2 AS two')).rows).toEqual([{ two: 2 }]);
    });
  });

  test('a schema of a newer Culprit is refused', async () => {
    const own = mkdtempSync(join(folder, 'newer-'));
    await (await openWorkspace({ folder: own })).close();
    const database = await startEmbedded(own);
    const { folder: host, port } = database;
    const pool = openPool({ host, port, user: 'postgres', database: 'postgres' });
    await pool.query("INSERT INTO schema_version (version, name) VALUES (99, 'later')");
    await pool.end();
    await database.stop();
    await expect(openWorkspace({ folder: own })).rejects.toMatchObject({
      code: 'store_failed',
      message: expect.stringMatching(/schema version 99.*install a newer culprit/),
    });
  });

  test('text that PostgreSQL cannot hold is the fault of who sent it', async () => {
    const workspace = await openWorkspace({ folder });
    await workspace.ensureProject('p', 'P');
    const added = workspace.addDeploy(deploy('nul', 'a\0b'));
    await expect(added).rejects.toMatchObject({ code: 'invalid_input' });
    await workspace.addDeploy(deploy('hostile', "'; DROP TABLE deploys; -- \\N \ud800 $1"));
    const [kept] = await workspace.deploys('p');
    expect(kept?.note).toBe("'; DROP TABLE deploys; -- \\N \ufffd $1");
    await workspace.close();
  });

  test.runIf(canMakeDisks())('a full disk is away, loses nothing, and passes', async () => {
    const disk = smallDisk(120)!;
    try {
      const workspace = await openWorkspace({ folder: disk.folder });
      await workspace.ensureProject('p', 'P');
      await workspace.addDeploy(deploy('before'));
      disk.fill();
      const kept = ['before'];
      const refused = new Set<string>();
      for (let nth = 0; nth < 30; nth++)
        await workspace.addDeploy(deploy(`full-${nth}`, 'x'.repeat(50_000))).then(
          () => kept.push(`full-${nth}`),
          (error) => refused.add(error.code),
        );
      expect([...refused]).toEqual(['store_unavailable']);
      disk.free();
      const again = (): Promise<string> =>
        workspace.addDeploy(deploy('after')).then(
          () => 'kept',
          (error) => error.code,
        );
      await expect.poll(again, { timeout: 30_000 }).toBe('kept');
      const ids = (await workspace.deploys('p')).map(({ id }) => id);
      expect(new Set(ids)).toEqual(new Set([...kept, 'after']));
      await workspace.close();
    } finally {
      disk.remove();
    }
  });
});

const home = postgresHome();
if (home === null) console.warn('skipped: there is no PostgreSQL on this machine');

describe.runIf(home !== null)('a workspace on PostgreSQL', () => {
  test('a server that stops is away, and is used again once it is back', async () => {
    const server = await startPostgres(home!);
    const workspace = await openWorkspace({ url: server.url });
    try {
      await workspace.ensureProject('p', 'P');
      await server.halt();
      await expect(workspace.project('p')).rejects.toMatchObject({ code: 'store_unavailable' });
      await expect(workspace.addDeploy(deploy('lost'))).rejects.toMatchObject({
        code: 'store_unavailable',
      });
      await expect(openWorkspace({ url: server.url })).rejects.toMatchObject({
        code: 'store_unavailable',
      });
      await server.resume();
      expect((await workspace.project('p'))?.name).toBe('P');
      await workspace.addDeploy(deploy('kept'));
      expect((await workspace.deploys('p')).map(({ id }) => id)).toEqual(['kept']);
    } finally {
      await workspace.close();
      server.stop();
    }
  });
});

import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { lockDataDir } from './data-dir-lock.ts';
import type { OpenDatabase } from './database.ts';
import { DatabaseOpenError } from './database-open-error.ts';
import { makeFolder } from './make-folder.ts';
import { migrationsFolder } from './migrations-folder.ts';
import { forgetPreparedCluster, loadPreparedCluster, savePreparedCluster } from './prepared-cluster.ts';

/**
 * Postgres inside this process (PGlite), one connection.
 *
 * @param dataDir folder to keep it in; unset: in memory
 */
export async function openEmbeddedPostgres(dataDir: string | undefined): Promise<OpenDatabase> {
  if (dataDir === undefined) {
    return migrated(await openCluster(undefined));
  }
  try {
    await makeFolder(dataDir);
  } catch (cause) {
    throw new DatabaseOpenError('DATA_DIR', 'must be a folder that can be written to', { cause });
  }
  const lock = await lockDataDir(dataDir);
  try {
    const { database, close } = await openInFolder(dataDir);
    return {
      database,
      close: async () => {
        await close();
        await lock.release();
      },
    };
  } catch (cause) {
    await lock.release();
    throw new DatabaseOpenError('DATA_DIR', 'the embedded database in it cannot be opened', { cause });
  }
}

async function openInFolder(dataDir: string): Promise<OpenDatabase> {
  const folder = join(dataDir, 'postgres');
  const completed = join(dataDir, 'postgres.completed');
  if (!existsSync(completed)) {
    // A process that died while the cluster was being made left a part of one, with nothing in it yet.
    await rm(folder, { recursive: true, force: true });
  }
  const opened = await migrated(await openCluster(folder));
  await writeFile(completed, '');
  return opened;
}

async function migrated(client: PGlite): Promise<OpenDatabase> {
  const database = drizzle({ client });
  await migrate(database, { migrationsFolder });
  return { database, close: () => client.close() };
}

/** A new cluster starts from a prepared one when there is one: initdb in WebAssembly takes seconds, copying does not. */
async function openCluster(folder: string | undefined): Promise<PGlite> {
  if (folder !== undefined && existsSync(folder)) {
    return PGlite.create(folder);
  }
  const prepared = await loadPreparedCluster();
  if (prepared !== undefined) {
    try {
      return await PGlite.create({ ...(folder === undefined ? {} : { dataDir: folder }), loadDataDir: prepared });
    } catch {
      await forgetPreparedCluster();
    }
  }
  const client = await (folder === undefined ? PGlite.create() : PGlite.create(folder));
  await savePreparedCluster(await client.dumpDataDir('gzip'));
  return client;
}

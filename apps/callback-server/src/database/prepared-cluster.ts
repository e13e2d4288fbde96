import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/*
 * An empty embedded Postgres, packed: made by the first start on a machine, unpacked by later ones. It only saves time;
 * a missing, unreadable or unwritable one changes nothing. It lies with the installed packages, where whoever could
 * replace it could replace the code as well.
 */

const unzip = promisify(gunzip);
const require = createRequire(import.meta.url);

function cacheFile(): string {
  // The package does not export its package.json by name.
  const { version } = require(join(dirname(require.resolve('@electric-sql/pglite')), '../package.json')) as {
    version: string;
  };
  const folder = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));
  return join(folder, `pglite-${version}.tar.gz`);
}

export async function loadPreparedCluster(): Promise<Blob | undefined> {
  try {
    // Unpacked here: several times as fast as PGlite's own decompression.
    return new Blob([await unzip(await readFile(cacheFile()))], { type: 'application/x-tar' });
  } catch {
    return undefined;
  }
}

export async function savePreparedCluster(cluster: Blob): Promise<void> {
  try {
    const file = cacheFile();
    await mkdir(dirname(file), { recursive: true });
    // Beside, then rename: two first starts at once each find either nothing or the whole file.
    const temporary = `${file}.${randomUUID()}`;
    await writeFile(temporary, Buffer.from(await cluster.arrayBuffer()));
    await rename(temporary, file);
  } catch {
    // A read-only installation: every fresh start takes its seconds.
  }
}

export async function forgetPreparedCluster(): Promise<void> {
  await rm(cacheFile(), { force: true }).catch(() => undefined);
}

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, send, sendPlain } from '../test/emulator-client.ts';
import { assumeRole } from '../test/sts-client.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

describe('the command line', { timeout: 30_000 }, () => {
  let dir: string;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'oss-emulator-main-'));
  });
  afterAll(() => rm(dir, { recursive: true }));

  const start = (argv: readonly string[], environment: Record<string, string> = {}) =>
    spawn(process.execPath, ['--conditions=@oss-callback/source', MAIN, ...argv], { cwd: dir, env: environment });

  const run = async (argv: readonly string[], environment?: Record<string, string>) => {
    const child = start(argv, environment);
    const [stdout, stderr, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise((resolve) => child.once('exit', resolve)),
    ]);
    return { code, stdout, stderr };
  };

  it('prints one JSON line when it is ready, keeps objects over a restart, and ends on SIGTERM', async () => {
    for (const round of [1, 2]) {
      const child = start(['--port', '0', '--data-dir', join(dir, 'kept')]);
      const exited = new Promise((resolve) => child.once('exit', (code, signal) => resolve([code, signal])));
      const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
      // oxlint-disable-next-line no-await-in-loop
      const { event, url } = JSON.parse((await lines.next()).value as string) as { event: string; url: string };
      expect(event).toBe('listening');
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      /* oxlint-disable no-await-in-loop */
      if (round === 1) {
        await send(url, 'PUT', { bucket: BUCKET });
        await send(url, 'PUT', { bucket: BUCKET, key: 'k', body: 'kept' });
      }
      expect((await send(url, 'GET', { bucket: BUCKET, key: 'k' })).text).toBe('kept');
      child.kill('SIGTERM');
      expect(await exited).toEqual([0, null]);
      /* oxlint-enable no-await-in-loop */
    }
  });

  it('knows the roles of a file, and no others', async () => {
    const statement = { Effect: 'Allow', Action: 'oss:GetObject', Resource: '*' };
    const roles = [{ name: 'uploader', policy: { Version: '1', Statement: [statement] } }];
    const file = join(dir, 'roles.json');
    await writeFile(file, JSON.stringify(roles));
    const child = start(['--port', '0', '--store', 'memory', '--roles-file', file, '--fault', 'store-slow:1']);
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const { url } = JSON.parse((await lines.next()).value as string) as { url: string };
    await send(url, 'PUT', { bucket: BUCKET });
    const credentials = await assumeRole(url);
    expect((await send(url, 'PUT', { bucket: BUCKET, key: 'k', body: 'b', credentials })).status).toBe(403);
    const roleArn = 'acs:ram::1000000000000001:role/other';
    await expect(assumeRole(url, { roleArn })).rejects.toThrow('EntityNotExist.Role');
    child.kill('SIGTERM');
    await writeFile(file, '{}');
    const args = ['--port', '0', '--store', 'memory', '--roles-file'];
    expect((await run([...args, file])).stderr).toMatch(/^oss-emulator: --roles-file .* must hold a list of roles\n$/);
    expect((await run([...args, join(dir, 'none')])).stderr).toMatch(/must be a readable JSON file: ENOENT[^\n]*\n$/);
  });

  it('writes one line per failed request to stderr, and none for the others', async () => {
    const child = start([], { OSS_EMULATOR_PORT: '0', OSS_EMULATOR_STORE: 'memory' });
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const { url } = JSON.parse((await lines.next()).value as string) as { url: string };
    await sendPlain(url, { method: 'GET', path: '/__emulator/health' });
    await sendPlain(url, { method: 'GET', path: '/no-such-bucket/k' });
    child.kill('SIGINT');
    expect(await text(child.stderr)).toMatch(
      /^\S+Z [0-9A-F]{24} GET \/no-such-bucket\/k → 404 NoSuchBucket 0015-00000101: [^\n]+\n$/,
    );
  });

  it('prints its help', async () => {
    const { code, stdout } = await run(['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('--callback-targets');
  });

  it.each([
    ['an unknown flag', ['--prot', '1'], {}, 2, /^oss-emulator: unknown flag --prot; did you mean --port\?\n$/],
    [
      'an unknown variable',
      [],
      { OSS_EMULATOR_PROT: '1' },
      2,
      /^oss-emulator: unknown variable OSS_EMULATOR_PROT; .*\n$/,
    ],
    ['a value out of range', ['--port', '99999'], {}, 2, /^oss-emulator: --port must be [^\n]+\n$/],
    [
      'an id without a secret',
      ['--access-key-id', 'a'],
      {},
      2,
      /^oss-emulator: --access-key-id and --access-key-secret [^\n]+\n$/,
    ],
    [
      'an open host without credentials',
      ['--host', '0.0.0.0'],
      {},
      2,
      /^oss-emulator: host 0\.0\.0\.0 can be reached [^\n]+\n$/,
    ],
    ['no S3 server', ['--store', 's3'], {}, 2, /^oss-emulator: store s3 needs --s3-endpoint[^\n]+\n$/],
    [
      'an address of another machine',
      ['--host', '192.0.2.1', '--port', '0', '--access-key-id', 'a', '--access-key-secret', 'b'],
      {},
      1,
      /^oss-emulator: 192\.0\.2\.1 is not an address of this machine\n$/,
    ],
  ])('ends with one line and its code for %s', async (_case, argv, environment: Record<string, string>, code, line) => {
    const result = await run(argv, environment);
    expect(result).toEqual({ code, stdout: '', stderr: expect.stringMatching(line) });
  });

  it('ends with one line for a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const result = await run(['--port', String(port), '--store', 'memory']);
    other.close();
    expect(result).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^oss-emulator: port \d+ of 127\.0\.0\.1 is already in use[^\n]*\n$/),
    });
  });

  it('ends with one line for a data directory that cannot be one', async () => {
    await writeFile(join(dir, 'a-file'), '');
    const result = await run(['--port', '0', '--data-dir', join(dir, 'a-file', 'below')]);
    expect(result).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^oss-emulator: [^\n]*a-file[^\n]*\n$/),
    });
  });
});

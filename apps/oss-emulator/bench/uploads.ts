/**
 * How quick uploads are, beside what no server on node:http could beat. Everything runs in the same minute on the same
 * machine, in turn, so that what else the machine does slows all alike; what counts is the median of the rounds' ratios.
 *
 * - 1 KiB, with and without a callback: requests per second of the emulator over those of a bare node:http server
 *   (floor-server.ts) that gets the same bytes and sends the same callback to the same receiver
 * - a large body: its MD5, which OSS promises as ETag, cannot be had quicker than by node:crypto alone; and the same bare server,
 *   which only receives it, shows what the connection and the client take. Where there are two cores, all of that adds up
 *
 * Server, receiver and client are three processes.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeCallbackParam } from '@oss-callback/oss-callback';
import { signRequest } from '@oss-callback/oss-signing';
import { startChildServer } from './child-server.ts';
import { PutClient } from './put-client.ts';
import type { PreparedRequest } from './put-client.ts';

const BUCKET = 'bench';
const CREDENTIALS = { accessKeyId: 'emulator-access-key-id', accessKeySecret: 'emulator-access-key-secret' };
const REGION = 'cn-hangzhou';

const SMALL_BODY = Buffer.alloc(1024, 'x');
const SMALL_ROUNDS = 7;
const SMALL_ROUND_MS = 500;
/** Node compiles what runs often, and takes its time for it. */
const WARM_UP_MS = 2500;
const CONNECTIONS = 16;
/** Enough for new keys throughout, as most uploads have: replacing a file costs file systems more than a new one. */
const KEYS = 30_000;

const LARGE_BODY_BYTES = 128 * 1024 * 1024;
const LARGE_ROUNDS = 5;
const PIECE_BYTES = 64 * 1024;

const FLOOR = 'bare node:http';
const SMALL_AIM = 0.7;
const LARGE_AIM = 0.9;

const CALLBACK_TEMPLATE =
  'bucket=${bucket}&object=${object}&etag=${etag}&size=${size}&mimeType=${mimeType}&user=${x:user}';
const CALLBACK_BODY_BYTES = 120;
const REPLY = '{"Status":"OK"}';

await using receiver = await startChildServer(script('receiver.ts'));
await using floor = await startChildServer(script('floor-server.ts'), [receiver.url, String(CALLBACK_BODY_BYTES)]);
const dataDir = mkdtempSync(join(tmpdir(), 'oss-emulator-bench-'));
process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
await using memory = await startEmulator('--store', 'memory');
await using file = await startEmulator('--store', 'file', '--data-dir', dataDir);
const servers = { [FLOOR]: floor.url, 'memory store': memory.url, 'file store': file.url };

await compareSmall('PUT 1 KiB', undefined);
const callback = encodeCallbackParam({ callbackUrl: `${receiver.url}/callback`, callbackBody: CALLBACK_TEMPLATE });
await compareSmall('PUT 1 KiB + callback', callback, SMALL_AIM);
await compareLarge();

async function compareSmall(title: string, callbackParam: string | undefined, aim?: number): Promise<void> {
  const expectedBody = callbackParam === undefined ? '' : REPLY;
  const requests: PreparedRequest[] = Array.from({ length: KEYS }, (_, index) => {
    const bytes = Buffer.concat([head(`${title}/${index}`, SMALL_BODY.length, callbackParam), SMALL_BODY]);
    return { bytes: [bytes], expectedBody };
  });
  const positions = new Map<string, number>();
  const rates = await measureInTurn(servers, SMALL_ROUNDS, async (url, isWarmUp) => {
    const next = (): PreparedRequest => {
      const position = positions.get(url) ?? 0;
      positions.set(url, position + 1);
      return requests[position % KEYS] as PreparedRequest;
    };
    using client = await PutClient.open(url, CONNECTIONS);
    return await client.run(next, isWarmUp ? WARM_UP_MS : SMALL_ROUND_MS);
  });
  print(title, rates, { unit: '/s', aim });
}

async function compareLarge(): Promise<void> {
  const body = Buffer.alloc(LARGE_BODY_BYTES);
  for (let offset = 0; offset < body.length; offset += 8)
    body.writeUInt32LE((offset * 2_654_435_761) % 2 ** 32, offset);
  const megabytes = body.length / 1_000_000;
  const subjects = { 'MD5 alone': '', ...servers };
  const request: PreparedRequest = { bytes: [head('large', body.length, undefined), body], expectedBody: '' };
  const rates = await measureInTurn(subjects, LARGE_ROUNDS, async (url) => {
    if (url === '') return megabytes / digestSeconds(body);
    using client = await PutClient.open(url, 1);
    return megabytes * (await client.run(() => request));
  });
  print(`PUT ${LARGE_BODY_BYTES / 1024 ** 2} MiB`, rates, { unit: 'MB/s', aim: LARGE_AIM });
}

function digestSeconds(body: Buffer): number {
  const startedAt = performance.now();
  const md5 = createHash('md5');
  for (let offset = 0; offset < body.length; offset += PIECE_BYTES)
    md5.update(body.subarray(offset, offset + PIECE_BYTES));
  md5.digest();
  return (performance.now() - startedAt) / 1000;
}

/** @returns each subject's figures, by round; the first round warms up and does not count */
async function measureInTurn(
  subjects: Readonly<Record<string, string>>,
  rounds: number,
  measure: (url: string, isWarmUp: boolean) => Promise<number>,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const figures = new Map(Object.keys(subjects).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, url] of Object.entries(subjects)) {
      // oxlint-disable-next-line no-await-in-loop -- in turn
      const figure = await measure(url, round === 0);
      if (round > 0) figures.get(name)?.push(figure);
    }
  }
  return figures;
}

function print(
  title: string,
  figures: ReadonlyMap<string, readonly number[]>,
  { unit, aim }: { readonly unit: string; readonly aim: number | undefined },
): void {
  const [[, limits = []] = []] = figures;
  say(title);
  for (const [index, [name, values]] of [...figures].entries()) {
    const ratio = median(values.map((value, round) => value / (limits[round] ?? Number.NaN)));
    const isJudged = aim !== undefined && index > 0 && name !== FLOOR;
    const verdict = !isJudged ? '' : ratio >= aim ? `aim ${aim}: met` : `aim ${aim}: MISSED`;
    say(
      `  ${name.padEnd(16)} ${Math.round(median(values)).toString().padStart(7)} ${unit.padEnd(5)} ${ratio.toFixed(2)}  ${verdict}`,
    );
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The head of a signed PUT request, ready to be written. */
function head(key: string, contentLength: number, callbackParam: string | undefined): Buffer {
  const own = {
    'content-type': 'application/octet-stream',
    ...(callbackParam === undefined
      ? {}
      : { 'x-oss-callback': callbackParam, 'x-oss-callback-var': Buffer.from('{"x:user":"42"}').toString('base64') }),
  };
  const parts = { method: 'PUT', bucket: BUCKET, key, headers: own };
  const { headers } = signRequest(parts, { credentials: CREDENTIALS, region: REGION, now: new Date() });
  const lines = Object.entries({ host: 'localhost', ...headers, 'content-length': String(contentLength) });
  const text = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.from(`PUT /${BUCKET}/${encodeURIComponent(key)} HTTP/1.1\r\n${text}\r\n`, 'latin1');
}

function startEmulator(...args: string[]) {
  return startChildServer(script('../bin/oss-emulator.js'), ['--port', '0', '--bucket', BUCKET, ...args]);
}

function script(name: string): string {
  return join(import.meta.dirname, name);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

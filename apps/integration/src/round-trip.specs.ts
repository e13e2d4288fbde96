import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import OSS from 'ali-oss';
import { runDemoClient } from '@oss-callback/demo-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readUpload, requestGrant } from './grants.ts';
import type { Grant } from './grants.ts';
import { ossRequest } from './oss-request.ts';
import type { System } from './start-system.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
const VARIABLES = { title: '日出，"早上" \\ 6 点 & more=1 + 100%', note: "it's\ttabbed\nand {braced} ${bucket}" };
const SUNRISE_JPG = { filename: 'sunrise.jpg', contentType: 'image/jpeg' };

/** The same loop, asserted against any system: in one process, or in containers. */
export function describeRoundTrip(name: string, startSystem: () => Promise<System>): void {
  describe(`round trip, ${name}`, () => {
    let system: System;
    let jpeg: Buffer;

    beforeAll(async () => {
      jpeg = await readFile(fixture('sunrise.jpg'));
      system = await startSystem();
    }, 300_000);

    afterAll(async () => {
      await system?.[Symbol.asyncDispose]();
    });

    describe('with the demo client', () => {
      it.each([
        {
          file: 'sunrise.jpg',
          bodyType: 'json',
          contentType: 'image/jpeg',
          image: { width: 640, height: 427, format: 'jpg' },
        },
        {
          file: 'sunrise.png',
          bodyType: 'form',
          contentType: 'image/png',
          image: { width: 320, height: 200, format: 'png' },
        },
      ])('uploads $file, calls back with a $bodyType body, records it and hands the answer back', async (sample) => {
        const { code, result } = await demoPut(system, sample.file, '--body-type', sample.bodyType, ...variableFlags());
        expect(code).toBe(0);
        const { object, answer } = result as { object: Record<string, string>; answer: Record<string, unknown> };
        const bytes = await readFile(fixture(sample.file));
        expect(answer).toMatchObject({ id: object['uploadId'], objectKey: object['objectKey'], size: bytes.length });

        expect(await readUpload(system, object['uploadId']!)).toMatchObject({
          state: 'uploaded',
          objectKey: object['objectKey'],
          size: bytes.length,
          etag: object['etag'],
          mimeType: sample.contentType,
          image: sample.image,
          variables: VARIABLES,
          callbackRequestId: object['requestId'],
        });
        const stored = await ossRequest(system, { method: 'GET', key: object['objectKey']! });
        expect(Buffer.from(await stored.arrayBuffer()).equals(bytes)).toBe(true);
        expect(stored.headers.get('content-type')).toBe(sample.contentType);
      });

      it('records no image where there is none', async () => {
        const { result } = await demoPut(system, '../package.json');
        const { object } = result as { object: Record<string, string> };
        expect(await readUpload(system, object['uploadId']!)).toMatchObject({
          state: 'uploaded',
          image: null,
          variables: {},
        });
      });
    });

    describe.each([{ version: 'V1' }, { version: 'V4' }] as const)(
      'with ali-oss, signature $version',
      ({ version }) => {
        it.each(['application/json', 'application/x-www-form-urlencoded'] as const)(
          'puts with a %s callback',
          async (callbackBodyType) => {
            const wish = { ...SUNRISE_JPG, sizeBytes: jpeg.length, variables: VARIABLES, callbackBodyType };
            const grant = await requestGrant(system, wish);
            const { data, res } = await aliOssPut(system, grant, jpeg, { version });
            expect(data).toMatchObject({ id: grant.id, objectKey: grant.objectKey, size: jpeg.length });
            expect(await readUpload(system, grant.id)).toMatchObject({
              state: 'uploaded',
              etag: (res.headers as Record<string, string>)['etag']!.replaceAll('"', ''),
              image: { width: 640, height: 427, format: 'jpg' },
              variables: VARIABLES,
            });
          },
        );

        it('refuses a wrong secret before anything is stored', async () => {
          const grant = await requestGrant(system, { ...SUNRISE_JPG, sizeBytes: jpeg.length });
          const wrong = { ...system, credentials: { ...system.credentials, accessKeySecret: 'not-the-secret' } };
          await expect(aliOssPut(wrong, grant, jpeg, { version })).rejects.toMatchObject({
            code: 'SignatureDoesNotMatch',
            status: 403,
          });
          await expectNothingHappened(system, grant);
        });
      },
    );

    describe('with the presigned URL of the grant', () => {
      it('takes the PUT once; the ticket inside is spent and the object stays as it was', async () => {
        const grant = await requestGrant(system, { ...SUNRISE_JPG, sizeBytes: jpeg.length });
        const first = await fetch(grant.url, { method: 'PUT', headers: grant.headers, body: new Uint8Array(jpeg) });
        expect(first.status).toBe(200);
        const second = await fetch(grant.url, { method: 'PUT', headers: grant.headers, body: new Uint8Array(jpeg) });
        expect([second.status, await second.text()]).toEqual([
          409,
          expect.stringContaining('<Code>FileAlreadyExists</Code>'),
        ]);
      });

      it('refuses a changed callback, a changed object key and a dropped callback', async () => {
        const grant = await requestGrant(system, { ...SUNRISE_JPG, sizeBytes: jpeg.length });
        const other = await requestGrant(system, { ...SUNRISE_JPG, sizeBytes: jpeg.length });
        const changes = [
          swapCallback(grant.url, new URL(other.url).searchParams.get('callback')!),
          swapCallback(grant.url, undefined),
          grant.url.replace(grant.objectKey, other.objectKey),
        ];
        for (const url of changes) {
          const response = await fetch(url, { method: 'PUT', headers: grant.headers, body: new Uint8Array(jpeg) });
          expect([response.status, await response.text()]).toEqual([
            403,
            expect.stringContaining('<Code>SignatureDoesNotMatch</Code>'),
          ]);
        }
        await expectNothingHappened(system, grant);
      });
    });

    describe('a callback that OSS signed, but that is not of an upload we granted', () => {
      const cases: ReadonlyArray<[string, (mine: Grant, other: Grant) => Partial<Grant['callback']['aliOss']>]> = [
        [
          'carries no ticket',
          () => ({ body: '{"bucket":${bucket},"object":${object},"size":${size},"etag":${etag}}' }),
        ],
        ['carries the ticket of another object', (_mine, other) => ({ body: other.callback.aliOss.body })],
      ];
      it.each(cases)('is refused when it %s: 203, and no record changes', async (_case, change) => {
        const wish = { ...SUNRISE_JPG, sizeBytes: jpeg.length };
        const [grant, other] = [await requestGrant(system, wish), await requestGrant(system, wish)];
        const upload = aliOssPut(system, grant, jpeg, { version: 'V4', callback: change(grant, other) });
        await expect(upload).rejects.toMatchObject({ code: 'CallbackFailed', status: 203 });
        for (const { id } of [grant, other]) expect(await readUpload(system, id)).toMatchObject({ state: 'issued' });
      });

      it('is refused when the ticket was used: 203, and the first record stands', async () => {
        const grant = await requestGrant(system, { ...SUNRISE_JPG, sizeBytes: jpeg.length });
        await aliOssPut(system, grant, jpeg, { version: 'V4' });
        const before = await readUpload(system, grant.id);
        const again = aliOssPut(system, grant, Buffer.concat([jpeg.subarray(0, -1), Buffer.of(0)]), { version: 'V4' });
        await expect(again).rejects.toMatchObject({ code: 'CallbackFailed', status: 203 });
        expect(await readUpload(system, grant.id)).toEqual(before);
      });
    });
  });
}

/** ali-oss as published: nothing patched, only its options. */
export async function aliOssPut(
  system: System,
  grant: Grant,
  bytes: Buffer,
  options: {
    readonly version: 'V1' | 'V4';
    readonly callback?: Partial<Grant['callback']['aliOss']>;
    /** The grant's ticket names one; `image/jpeg` unless given. */
    readonly contentType?: string;
  },
) {
  const client = new OSS({
    endpoint: system.emulatorUrl,
    region: `oss-${system.region}`,
    bucket: system.bucket,
    accessKeyId: system.credentials.accessKeyId,
    accessKeySecret: system.credentials.accessKeySecret,
    authorizationV4: options.version === 'V4',
  });
  const callback = { ...grant.callback.aliOss, ...options.callback };
  return client.put(grant.objectKey, bytes, { callback, mime: options.contentType ?? SUNRISE_JPG.contentType });
}

async function demoPut(system: System, file: string, ...flags: string[]) {
  let stdout = '';
  let stderr = '';
  const streams = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
  };
  const argv = ['put', fixture(file), '--json', ...flags];
  const code = await runDemoClient(argv, streams, { serverUrl: system.callbackServerUrl });
  expect(stderr).toBe('');
  return { code, result: JSON.parse(stdout) as unknown };
}

function variableFlags(): string[] {
  return Object.entries(VARIABLES).flatMap(([name, value]) => ['--var', `${name}=${value}`]);
}

function swapCallback(url: string, callback: string | undefined): string {
  const changed = new URL(url);
  if (callback === undefined) changed.searchParams.delete('callback');
  else changed.searchParams.set('callback', callback);
  return changed.href;
}

async function expectNothingHappened(system: System, grant: Grant): Promise<void> {
  await expect(ossRequest(system, { method: 'GET', key: grant.objectKey })).rejects.toThrow(/404.*NoSuchKey/s);
  expect(await readUpload(system, grant.id)).toMatchObject({ state: 'issued' });
}

import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { OssEmulatorContainer, OssEmulatorError } from '@oss-callback/testcontainers-oss';
import { Client } from 'minio';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasDocker } from '../containers/has-docker.ts';
import { startContainerSystem } from '../containers/start-container-system.ts';
import type { ContainerSystem } from '../containers/start-container-system.ts';
import { requestGrant } from '../src/grants.ts';
import { ossRequest } from '../src/oss-request.ts';
import { describeRoundTrip } from '../src/round-trip.specs.ts';

/** Includes building both images on a machine that never did. */
const START_TIMEOUT_MS = 600_000;
const JPEG = fileURLToPath(new URL('../fixtures/sunrise.jpg', import.meta.url));

describe.skipIf(!(await hasDocker('the system in containers')))('in containers', () => {
  let system: ContainerSystem;
  let hasFailed = false;

  beforeAll(async () => {
    system = await startContainerSystem();
  }, START_TIMEOUT_MS);

  afterEach(({ task }) => {
    hasFailed ||= task.result?.state === 'fail';
  });

  afterAll(async () => {
    if (system === undefined) return;
    if (hasFailed) process.stderr.write(await system.report());
    await system[Symbol.asyncDispose]();
  }, 120_000);

  // The containers outlast the shared specs: the ones below look at what is in them.
  describeRoundTrip('in containers', async () => ({ ...system, [Symbol.asyncDispose]: async () => undefined }));

  describe('an upload', () => {
    it('leaves an ordinary object in MinIO and one row in Postgres, of the same upload', async () => {
      const bytes = await readFile(JPEG);
      const variables = { title: '日出 "早上"' };
      const wish = { filename: 'sunrise.jpg', contentType: 'image/jpeg', sizeBytes: bytes.length, variables };
      const grant = await requestGrant(system, wish);
      const response = await fetch(grant.url, { method: 'PUT', headers: grant.headers, body: new Uint8Array(bytes) });
      expect(response.status).toBe(200);

      const minio = minioClient(system);
      const object = await minio.statObject(system.bucket, grant.objectKey);
      expect(object.size).toBe(bytes.length);
      expect(object.metaData['content-type']).toBe('image/jpeg');
      const stored = await buffer(await minio.getObject(system.bucket, grant.objectKey));
      expect(stored.equals(bytes)).toBe(true);

      expect(await rowsOf(system, grant.id)).toEqual([
        expect.objectContaining({
          state: 'uploaded',
          bucket: system.bucket,
          object_key: grant.objectKey,
          size_bytes: String(bytes.length),
          etag: response.headers.get('etag')!.replaceAll('"', ''),
          mime_type: 'image/jpeg',
          image_width: 640,
          image_height: 427,
          variables,
          callback_request_id: response.headers.get('x-oss-request-id'),
        }),
      ]);
    });

    it('that is only granted has a row that waits, and no object', async () => {
      const grant = await requestGrant(system, { filename: 'a.txt', contentType: 'text/plain', sizeBytes: 1 });
      expect(await rowsOf(system, grant.id)).toEqual([expect.objectContaining({ state: 'issued', uploaded_at: null })]);
      await expect(minioClient(system).statObject(system.bucket, grant.objectKey)).rejects.toMatchObject({
        code: 'NotFound',
      });
    });
  });

  describe('OssEmulatorContainer', () => {
    it('starts alone, hands out its public key and is empty after a reset', async () => {
      await using emulator = await new OssEmulatorContainer(system.emulatorImage).withRegion('cn-beijing').start();
      const account = {
        emulatorUrl: emulator.getEndpoint(),
        credentials: { accessKeyId: emulator.getAccessKeyId(), accessKeySecret: emulator.getAccessKeySecret() },
        region: emulator.getRegion(),
        bucket: 'a-bucket',
      };
      expect(account.region).toBe('cn-beijing');
      expect(emulator.getPublicKeyUrl()).toBe('http://localhost:9280/__emulator/callback_pub_key_v1.pem');
      expect(createPublicKey(await emulator.getPublicKeyPem()).asymmetricKeyType).toBe('rsa');

      await ossRequest(account, { method: 'PUT' });
      await ossRequest(account, { method: 'PUT', key: 'a.txt', body: Uint8Array.of(97) });
      await emulator.setFaults({ profile: 'store-unavailable', operation: 'GetObject', times: 1 });
      await expect(ossRequest(account, { method: 'GET', key: 'a.txt' })).rejects.toThrow(/503/);
      await ossRequest(account, { method: 'GET', key: 'a.txt' });
      await emulator.reset();
      await expect(ossRequest(account, { method: 'GET', key: 'a.txt' })).rejects.toThrow(/404.*NoSuchBucket/s);
    });

    it('says why the emulator did not start, in its own words', async () => {
      const refused = new OssEmulatorContainer(system.emulatorImage).withRegion('oss-cn-beijing').start();
      await expect(refused).rejects.toThrow(OssEmulatorError);
      await expect(refused).rejects.toThrow(/OSS_EMULATOR_REGION must be a region id/);
    });
  });
});

function minioClient({ minio }: ContainerSystem): Client {
  const { host, port, accessKey, secretKey } = minio;
  return new Client({ endPoint: host, port, useSSL: false, accessKey, secretKey });
}

async function rowsOf({ databaseUrl }: ContainerSystem, id: string): Promise<readonly postgres.Row[]> {
  const sql = postgres(databaseUrl, { max: 1 });
  try {
    return await sql`select * from uploads where id = ${id}`;
  } finally {
    await sql.end();
  }
}

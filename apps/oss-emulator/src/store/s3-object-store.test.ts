import { describe, expect, it } from 'vitest';
import { S3ObjectStore } from './s3-object-store.ts';
import { StoreError } from './store-error.ts';

// What it does with a server behind it is in s3-object-store.conformance.ts, which the container suite runs on MinIO.
const settings = { endpoint: 'http://127.0.0.1:1', accessKey: 'key', secretKey: 'secret' };

describe('S3ObjectStore', () => {
  it.each(['127.0.0.1:9000', 'ftp://127.0.0.1', 'http://127.0.0.1:9000/path', 'http://'])(
    'names the setting and the rule when the endpoint is %j',
    async (endpoint) => {
      const opening = S3ObjectStore.open({ ...settings, endpoint });
      const message = `S3 endpoint ${endpoint}: must be a URL such as http://127.0.0.1:9000`;
      await expect(opening).rejects.toThrow(new StoreError('setting-invalid', message));
    },
  );

  it('names the server when nothing listens there', async () => {
    const opening = S3ObjectStore.open({ ...settings, endpoint: 'http://127.0.0.1:1' });
    await expect(opening).rejects.toMatchObject({
      reason: 's3-unreachable',
      message: expect.stringMatching(/^S3 server http:\/\/127\.0\.0\.1:1: cannot be reached \(ECONNREFUSED/),
    });
  });
});

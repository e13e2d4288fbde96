import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeCallbackParam } from '@oss-callback/oss-callback';
import { startEmulator } from '@oss-callback/oss-emulator';
import { StartedOssEmulatorContainer } from '@oss-callback/testcontainers-oss';
import type { StartedTestContainer } from 'testcontainers';
import { expect, it } from 'vitest';
import { ossRequest } from '../src/oss-request.ts';

const credentials = { accessKeyId: 'emulator-access-key-id', accessKeySecret: 'emulator-access-key-secret' };

it('OssEmulatorContainer reads the journals as the emulator writes them', async () => {
  const receiver = createServer((_request, response) => response.writeHead(200, { 'content-length': 2 }).end('{}'));
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const callbackUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/oss/callback`;
  await using emulator = await startEmulator({ buckets: ['a-bucket'] });
  // Everything but Docker is real.
  const { port } = new URL(emulator.url);
  const container = {
    getHost: () => '127.0.0.1',
    getMappedPort: () => Number(port),
  } as unknown as StartedTestContainer;
  const started = new StartedOssEmulatorContainer(container, { publicUrl: emulator.url } as never, undefined);

  const account = { emulatorUrl: emulator.url, credentials, region: 'cn-hangzhou', bucket: 'a-bucket' };
  const param = encodeCallbackParam({ callbackUrl, callbackBody: 'object=${object}' });
  await ossRequest(account, { method: 'PUT', key: 'quiet', body: Buffer.from('four') });
  await ossRequest(account, {
    method: 'PUT',
    key: 'called',
    body: Buffer.from('b'),
    headers: { 'x-oss-callback': param },
  });

  const [callback, ...noMore] = await started.getCallbacks();
  expect(callback).toMatchObject({
    operation: 'PutObject',
    bucket: 'a-bucket',
    key: 'called',
    renderedBody: 'object=called',
    attempts: [{ url: callbackUrl, stringToSign: '/oss/callback\nobject=called', reply: { status: 200, body: '{}' } }],
    verdict: { outcome: 'answered' },
    warnings: [{ rule: 'private-address' }],
  });
  expect(noMore).toEqual([]);
  expect(await started.getUploads()).toMatchObject([
    { key: 'called', requestId: callback?.requestId, sizeBytes: 1, callbacks: [callback?.id] },
    { key: 'quiet', sizeBytes: 4, callbacks: [] },
  ]);
  receiver.close();
});

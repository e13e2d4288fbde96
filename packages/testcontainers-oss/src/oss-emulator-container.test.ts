import { describe, expect, it } from 'vitest';
import { OssEmulatorContainer } from './oss-emulator-container.ts';

/** Shows what testcontainers would start; no Docker needed. */
class PreparedContainer extends OssEmulatorContainer {
  async prepare(): Promise<Record<string, string>> {
    await this.beforeContainerCreated();
    return this.environment;
  }
}

const DEFAULTS = {
  OSS_EMULATOR_HOST: '0.0.0.0',
  OSS_EMULATOR_PORT: '9280',
  OSS_EMULATOR_ACCESS_KEY_ID: 'emulator-access-key-id',
  OSS_EMULATOR_ACCESS_KEY_SECRET: 'emulator-access-key-secret',
  OSS_EMULATOR_REGION: 'cn-hangzhou',
  OSS_EMULATOR_PUBLIC_URL: 'http://localhost:9280',
  OSS_EMULATOR_STORE: 'memory',
};

function container(): PreparedContainer {
  return new PreparedContainer('oss-emulator:test');
}

describe('OssEmulatorContainer', () => {
  it('starts with the documented development pair, in memory, and leaves the rest to the emulator', async () => {
    expect(await container().prepare()).toEqual(DEFAULTS);
  });

  it('names the public key by the network alias that receivers know', async () => {
    const settings = await container().withNetworkAliases('oss', 'also-oss').prepare();
    expect(settings['OSS_EMULATOR_PUBLIC_URL']).toBe('http://oss:9280');
  });

  it('hands every setting to the variable that the emulator reads', async () => {
    const settings = await container()
      .withCredentials('my-id', 'my-secret')
      .withRegion('cn-beijing')
      .withS3Store({ endpoint: 'http://minio:9000', accessKey: 'minio-user', secretKey: 'minio-password' })
      .withBuckets('one-bucket', 'two-bucket')
      .withBuckets('three-bucket')
      .withCallbackTargets('cloud')
      .withCallbackRoute('http://app.example.com', 'http://app:3280')
      .withCallbackRoute('https://app.example.com', 'http://app:3280')
      .withPublicUrl('http://keys.example.com')
      .withAddressing('strict')
      .prepare();
    expect(settings).toEqual({
      ...DEFAULTS,
      OSS_EMULATOR_ACCESS_KEY_ID: 'my-id',
      OSS_EMULATOR_ACCESS_KEY_SECRET: 'my-secret',
      OSS_EMULATOR_REGION: 'cn-beijing',
      OSS_EMULATOR_STORE: 's3',
      OSS_EMULATOR_S3_ENDPOINT: 'http://minio:9000',
      OSS_EMULATOR_S3_ACCESS_KEY: 'minio-user',
      OSS_EMULATOR_S3_SECRET_KEY: 'minio-password',
      OSS_EMULATOR_BUCKETS: 'one-bucket two-bucket three-bucket',
      OSS_EMULATOR_CALLBACK_TARGETS: 'cloud',
      OSS_EMULATOR_CALLBACK_ROUTES: 'http://app.example.com=http://app:3280 https://app.example.com=http://app:3280',
      OSS_EMULATOR_PUBLIC_URL: 'http://keys.example.com',
      OSS_EMULATOR_ADDRESSING: 'strict',
    });
  });

  it('takes the last store that was asked for', async () => {
    const store = { endpoint: 'http://minio:9000', accessKey: 'a', secretKey: 'b', region: 'us-east-1' };
    expect(await container().withStore('file').withS3Store(store).prepare()).toMatchObject({
      OSS_EMULATOR_STORE: 's3',
      OSS_EMULATOR_S3_REGION: 'us-east-1',
    });
    expect(await container().withS3Store(store).withStore('file').prepare()).toEqual({
      ...DEFAULTS,
      OSS_EMULATOR_STORE: 'file',
    });
  });

  it('lets withEnvironment have the last word, for settings that have no setter yet', async () => {
    const settings = await container()
      .withEnvironment({ OSS_EMULATOR_STORE: 'file', NODE_OPTIONS: '--trace-warnings' })
      .prepare();
    expect(settings).toEqual({ ...DEFAULTS, OSS_EMULATOR_STORE: 'file', NODE_OPTIONS: '--trace-warnings' });
  });
});

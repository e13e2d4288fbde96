import { describeS3ObjectStore } from '@oss-callback/oss-emulator/conformance';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { ContainerLogs } from '../containers/container-logs.ts';
import { hasDocker } from '../containers/has-docker.ts';
import { startMinio } from '../containers/start-minio.ts';
import type { Minio } from '../containers/start-minio.ts';

const START_TIMEOUT_MS = 120_000;

// A MinIO of its own: the suite empties the store before every test.
describe.skipIf(!(await hasDocker('the S3 store on MinIO')))('the S3 store on MinIO', () => {
  const logs = new ContainerLogs();
  let minio: Minio;
  let hasFailed = false;

  beforeAll(async () => {
    minio = await startMinio(logs);
  }, START_TIMEOUT_MS);

  afterEach(({ task }) => {
    hasFailed ||= task.result?.state === 'fail';
  });

  afterAll(async () => {
    if (hasFailed) process.stderr.write(`${logs.toString()}\n`);
    await minio?.[Symbol.asyncDispose]();
  }, START_TIMEOUT_MS);

  describeS3ObjectStore(() => {
    const { host, port, accessKey, secretKey } = minio;
    return { endpoint: `http://${host}:${port}`, accessKey, secretKey };
  });
});

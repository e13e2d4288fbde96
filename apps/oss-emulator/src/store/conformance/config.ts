import type { S3Settings } from '../s3-connection.ts';

/** The S3 server for tests, from `S3_TEST_ENDPOINT`, `_ACCESS_KEY`, `_SECRET_KEY`, `_REGION`; `undefined` when there is none. */
export function s3TestSettings(): S3Settings | undefined {
  const {
    S3_TEST_ENDPOINT: endpoint,
    S3_TEST_ACCESS_KEY: accessKey = '',
    S3_TEST_SECRET_KEY: secretKey = '',
    S3_TEST_REGION: region = 'us-east-1',
  } = process.env;
  return endpoint === undefined || endpoint === '' ? undefined : { endpoint, accessKey, secretKey, region };
}

// Creates the bucket that the callback server uploads to, once; compose runs this in the emulator's image.
import { env } from 'node:process';
import { objectUrl, signRequest } from '@oss-callback/oss-signing';

const { OSS_ENDPOINT: endpoint, OSS_BUCKET: bucket, OSS_REGION: region } = env;
const credentials = { accessKeyId: env.OSS_ACCESS_KEY_ID, accessKeySecret: env.OSS_ACCESS_KEY_SECRET };

const { headers } = signRequest({ method: 'PUT', bucket }, { credentials, region, now: new Date() });
const response = await fetch(objectUrl({ endpoint, addressing: 'path', bucket }), { method: 'PUT', headers });
const body = await response.text();
if (!response.ok && !body.includes('<Code>BucketAlreadyExists</Code>')) {
  process.stderr.write(`PutBucket ${bucket}: ${response.status} ${body}\n`);
  process.exitCode = 1;
}

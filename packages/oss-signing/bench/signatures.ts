import { strict as assert } from 'node:assert';
import { createHash, createHmac, createSecretKey } from 'node:crypto';
import { createRequire } from 'node:module';

import OSS from 'ali-oss';
import { AwsV4Signer } from 'aws4fetch';

import {
  type Credentials,
  type SignableRequest,
  presignUrl,
  presignUrlV1,
  signRequestV1,
  signRequestV4,
  signingKey,
  verifyRequest,
} from '../src/index.ts';
import { compareRates } from './compare-rates.ts';

/** The signer inside ali-oss: what its client calls for every request, without HTTP around it. */
interface AliOssSigner {
  authorizationV4(
    accessKeyId: string,
    accessKeySecret: string,
    region: string,
    method: string,
    request: { readonly headers: object; readonly queries?: object },
    bucket: string,
    key: string,
  ): string;
  buildCanonicalString(method: string, resource: string, request: { readonly headers: object }): string;
  authorization(accessKeyId: string, accessKeySecret: string, canonicalString: string): string;
}
const aliOss = createRequire(import.meta.url)('ali-oss/lib/common/signUtils.js') as AliOssSigner;

// Every subject signs this: an upload with a callback, on one day, with one key. Nothing is sent.
const now = new Date('2026-01-15T08:30:00Z');
const dateTime = '20260115T083000Z';
const region = 'cn-hangzhou';
const [accessKeyId, accessKeySecret] = ['LTAI5tExampleKeyId', 'ExampleAccessKeySecretOf30Char'];
const credentials: Credentials = { accessKeyId, accessKeySecret };
const [method, bucket, key] = ['PUT', 'examplebucket', 'user-42/photos/sunset 1.jpg'];
const endpoint = 'https://oss-cn-hangzhou.aliyuncs.com';
const callback = Buffer.from(
  JSON.stringify({ callbackUrl: 'https://app.example.com/oss', callbackBody: 'k=${object}' }),
);
const headers = { 'content-type': 'image/jpeg', 'x-oss-callback': callback.toString('base64') };
const request: SignableRequest = { method, bucket, key, headers };

const v4 = signRequestV4(request, { credentials, region, now });
const v1 = signRequestV1(request, { credentials, now });
const signedV4: SignableRequest = { ...request, headers: v4.headers };
const signedV1: SignableRequest = { ...request, headers: v1.headers };
const verifyOptions = { findCredentials: () => credentials, now, region };
const query = { callback: headers['x-oss-callback'] };
const presigned = { method, endpoint, bucket, key, query, credentials, region, expiresIn: 900, now };
const client = new OSS({ accessKeyId, accessKeySecret, region: `oss-${region}`, bucket, secure: true });

/** ali-oss wants the two headers that a client sets before it signs. */
const datedV4 = { ...headers, 'x-oss-date': dateTime, 'x-oss-content-sha256': 'UNSIGNED-PAYLOAD' };
const datedV1 = { ...headers, 'x-oss-date': now.toUTCString() };
const aliOssV4 = (): string =>
  aliOss.authorizationV4(accessKeyId, accessKeySecret, region, method, { headers: datedV4 }, bucket, key);
const aliOssV1 = (): string => {
  const text = aliOss.buildCanonicalString(method, `/${bucket}/${key}`, { headers: datedV1 });
  return aliOss.authorization(accessKeyId, accessKeySecret, text);
};
assert.equal(aliOssV4(), v4.headers['authorization'], 'ali-oss and this package sign the same');

const url = `https://${bucket}.oss-cn-hangzhou.aliyuncs.com/user-42/photos/sunset%201.jpg`;
const awsHeaders = { ...headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
const cache = new Map<string, ArrayBuffer>();
const aws = { method, accessKeyId, secretAccessKey: accessKeySecret, service: 's3', region, datetime: dateTime, cache };

/** No program can sign with less than this: one hash and one HMAC over texts that are ready. */
const readyKey = createSecretKey(signingKey(accessKeySecret, { signDate: '20260115', region, product: 'oss' }));
const bareV4 = (): string => {
  createHash('sha256')
    .update(v4.canonicalRequest ?? '')
    .digest('hex');
  return createHmac('sha256', readyKey).update(v4.stringToSign).digest('hex');
};
const bareV1 = (): string => createHmac('sha1', accessKeySecret).update(v1.stringToSign).digest('base64');

await compareRates([
  {
    title: 'Sign a PUT, V4 in the header',
    subjects: {
      'oss-signing': () => signRequestV4(request, { credentials, region, now }),
      'ali-oss': aliOssV4,
      aws4fetch: () => new AwsV4Signer({ ...aws, url, headers: awsHeaders }).sign(),
      'bare node:crypto': bareV4,
    },
    aim: { than: 'ali-oss', times: 5 },
  },
  {
    title: 'Presign a PUT, V4 in the URL',
    subjects: {
      'oss-signing': () => presignUrl(presigned),
      'ali-oss': () => client.signatureUrlV4('PUT', 900, { queries: query }, key),
      aws4fetch: () => new AwsV4Signer({ ...aws, url: `${url}?callback=x`, signQuery: true }).sign(),
    },
  },
  {
    title: 'Sign a PUT, V1 in the header',
    subjects: {
      'oss-signing': () => signRequestV1(request, { credentials, now }),
      'ali-oss': aliOssV1,
      'bare node:crypto': bareV1,
    },
  },
  {
    title: 'Presign a PUT, V1 in the URL',
    subjects: {
      'oss-signing': () => presignUrlV1({ ...presigned }),
      'ali-oss': () => client.signatureUrl(key, { method: 'PUT', expires: 900 }),
    },
  },
  {
    title: 'Verify a PUT, V4 in the header',
    subjects: {
      'oss-signing': () => verifyRequest(signedV4, verifyOptions).ok,
      'bare node:crypto': bareV4,
    },
  },
  {
    title: 'Verify a PUT, V1 in the header',
    subjects: {
      'oss-signing': () => verifyRequest(signedV1, verifyOptions).ok,
      'bare node:crypto': bareV1,
    },
  },
]);

// What is published has to work on every Node that it promises: loads `dist` as a user would, with no test runner between.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { encodeCallbackParam, signCallback, verifyCallbackSignature } from '@oss-callback/oss-callback';
import { signRequest, verifyRequest } from '@oss-callback/oss-signing';

const credentials = { accessKeyId: 'id', accessKeySecret: 'secret' };
const callback = encodeCallbackParam({ callbackUrl: 'http://app.example.com/', callbackBody: '{"key":${object}}' });
const request = { method: 'PUT', bucket: 'examplebucket', key: '日出.jpg', headers: { 'x-oss-callback': callback } };
const now = new Date();

for (const version of ['V1', 'V4']) {
  const { headers } = signRequest(request, { version, credentials, region: 'cn-hangzhou', now });
  const answer = verifyRequest(
    { ...request, headers },
    { findCredentials: () => credentials, region: 'cn-hangzhou', now },
  );
  assert.equal(answer.ok, true, JSON.stringify(answer));
}

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const keyUrl = 'http://localhost/callback_pub_key_v1.pem';
const received = { requestTarget: '/oss/callback?a=b', body: Buffer.from('{"key":"日出.jpg"}') };
const verification = verifyCallbackSignature(
  {
    ...received,
    authorization: signCallback({ ...received, privateKey }),
    publicKeyUrl: Buffer.from(keyUrl).toString('base64'),
  },
  { publicKeys: new Map([[keyUrl, publicKey.export({ type: 'spki', format: 'pem' })]]) },
);
assert.deepEqual(verification, { ok: true, publicKeyUrl: keyUrl });

process.stdout.write(`both packages sign and verify on Node ${process.version}\n`);

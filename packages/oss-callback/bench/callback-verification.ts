import { createHmac, createPublicKey, createVerify, generateKeyPairSync, sign, verify } from 'node:crypto';

import { type Comparison, compareRates } from '../../oss-signing/bench/compare-rates.ts';
import {
  OSS_CALLBACK_PUBLIC_KEYS,
  type SignedCallback,
  UploadTicketKeyRing,
  callbackStringToSign,
  issueUploadTicket,
  signCallback,
  verifyCallbackSignature,
  verifyUploadTicket,
} from '../src/index.ts';
import signature from '../src/vectors/callback-signature.json' with { type: 'json' };

const keyUrl = 'https://oss.example.com/callback_pub_key_v1.pem';
const pair = generateKeyPairSync('rsa', {
  modulusLength: 512,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

function signed(requestTarget: string, bodyText: string): SignedCallback {
  const body = Buffer.from(bodyText);
  const authorization = signCallback({ requestTarget, body, privateKey: pair.privateKey });
  return { requestTarget, body, authorization, publicKeyUrl: Buffer.from(keyUrl).toString('base64') };
}

/** Beside the signature check alone: bytes, key and signature are ready, nothing is decoded, no header is looked at. */
function beside(title: string, request: SignedCallback, publicKeys: ReadonlyMap<string, string>): Comparison {
  const [[, pem] = ['', '']] = publicKeys;
  const key = createPublicKey(pem);
  const bytes = callbackStringToSign(request.requestTarget, request.body);
  const signatureBytes = Buffer.from(String(request.authorization), 'base64');
  return {
    title,
    subjects: {
      'oss-callback': () => verifyCallbackSignature(request, { publicKeys }).ok,
      'crypto.verify': () => verify('RSA-MD5', bytes, key, signatureBytes),
      'crypto.createVerify': () => createVerify('RSA-MD5').update(bytes).verify(key, signatureBytes),
      'oss-callback, BigInt instead of node:crypto': () =>
        verifyCallbackSignature(request, { publicKeys, implementation: 'bigint' }).ok,
    },
    aim: { than: 'crypto.verify', times: 0.9 },
  };
}

const { requestPath, requestQuery, body, authorization } = signature.vectors[0]!;
const [ossKeyUrl = ''] = OSS_CALLBACK_PUBLIC_KEYS.keys();
const published: SignedCallback = {
  requestTarget: requestPath + requestQuery,
  body: Buffer.from(body),
  authorization,
  publicKeyUrl: Buffer.from(ossKeyUrl).toString('base64'),
};
const form = `bucket=examplebucket&object=${encodeURIComponent('user-42/落日.jpg')}&ticket=${'t'.repeat(400)}`;
const escaped = signed(`/oss/${encodeURIComponent('落日')}/callback?tenant=7`, form);
const long = signed('/oss/callback', `${form}&note=${'n'.repeat(4000)}`);
const publicKeys = new Map([[keyUrl, pair.publicKey]]);

const now = new Date('2026-01-15T08:30:00Z');
const secret = Buffer.alloc(32, 7).toString('base64');
const keyRing = new UploadTicketKeyRing([secret]);
const claims = {
  id: '0f8fad5b-d9cb-469f-a165-70867728950e',
  user: '42',
  route: 'photo',
  bucket: 'examplebucket',
  objectKey: 'user-42/photo.jpg',
  minSizeBytes: 1,
  maxSizeBytes: 5_000_000,
  issuedAt: now,
  expiresAt: new Date(now.getTime() + 900_000),
};
const ticket = issueUploadTicket(claims, keyRing);
const ticketBytes = Buffer.from(ticket);

await compareRates([
  beside('Verify a callback that is published with its signature', published, OSS_CALLBACK_PUBLIC_KEYS),
  beside('Verify a callback with escapes in its path and a ticket in its body', escaped, publicKeys),
  beside('Verify a callback of four kilobytes', long, publicKeys),
  {
    title: 'Sign a callback, as the emulator does',
    subjects: {
      'oss-callback': () => signCallback({ ...escaped, privateKey: pair.privateKey }),
      'crypto.sign': () => sign('RSA-MD5', escaped.body, pair.privateKey),
    },
  },
  {
    title: 'Verify an upload ticket',
    subjects: {
      'oss-callback': () => verifyUploadTicket(ticket, { keyRing, now, route: 'photo' }).ok,
      'bare HMAC-SHA256': () => createHmac('sha256', secret).update(ticketBytes).digest(),
    },
  },
]);

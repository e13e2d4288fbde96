import { createHmac } from 'node:crypto';

/** Base64 of HMAC-SHA1. OSS: "Signature" of *Include a V1 signature in the Authorization header*. */
export function signatureV1(accessKeySecret: string, stringToSign: string): string {
  return createHmac('sha1', accessKeySecret).update(stringToSign).digest('base64');
}

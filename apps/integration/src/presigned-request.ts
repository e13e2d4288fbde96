import { canonicalRequest, credentialScope, stringToSign } from '@oss-callback/oss-signing';

/** A presigned URL taken apart again: what was signed, which anybody can recompute, without the secret. */
export function readPresignedRequest(
  method: string,
  presignedUrl: string,
  {
    bucket,
    objectKey,
    headers,
  }: { readonly bucket: string; readonly objectKey: string; readonly headers: Readonly<Record<string, string>> },
): { readonly canonicalRequest: string; readonly stringToSign: string } {
  const query = [...new URL(presignedUrl).searchParams].filter(([name]) => name !== 'x-oss-signature');
  const parameter = (name: string) => query.find(([each]) => each === name)?.[1] ?? '';
  const [, signDate = '', region = '', product = ''] = parameter('x-oss-credential').split('/');
  const additionalHeaders = parameter('x-oss-additional-headers').split(';').filter(Boolean);
  const canonical = canonicalRequest({ method, bucket, key: objectKey, query, headers }, additionalHeaders);
  const scope = credentialScope({ signDate, region, product });
  return {
    canonicalRequest: canonical,
    stringToSign: stringToSign({ dateTime: parameter('x-oss-date'), scope, canonicalRequest: canonical }),
  };
}

import type { OssResponse } from '../http/oss-response.ts';
import type { ControlContext } from './control-context.ts';
import type { ControlCall } from './control-route.ts';

/** Served as OSS serves its own at gosspublic.alicdn.com. */
export async function getPublicKey(_call: ControlCall, { signingKey }: ControlContext): Promise<OssResponse> {
  const { publicKeyPem } = await signingKey.get();
  return { status: 200, headers: { 'Content-Type': 'application/x-pem-file' }, body: Buffer.from(publicKeyPem) };
}

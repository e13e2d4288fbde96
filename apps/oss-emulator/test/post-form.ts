import { signPostForm } from '@oss-callback/oss-signing';
import type { Credentials, PostPolicyCondition } from '@oss-callback/oss-signing';
import { BUCKET, CREDENTIALS, REGION, sendPlain } from './emulator-client.ts';
import type { ClientResponse } from './emulator-client.ts';

export interface FormOptions {
  readonly key?: string;
  readonly version?: 'V1' | 'V4';
  readonly credentials?: Credentials;
  readonly callback?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly conditions?: readonly PostPolicyCondition[];
  readonly expiresInSeconds?: number;
}

/** The fields of a signed form for the test bucket, in the order to send them. */
export function signedFields(options: FormOptions = {}): Record<string, string> {
  const { key = 'form/a.txt', version = 'V4', expiresInSeconds = 300, ...rest } = options;
  const { credentials = CREDENTIALS } = options;
  const now = new Date();
  const expiration = new Date(now.getTime() + expiresInSeconds * 1000);
  const common = { now, expiration, bucket: BUCKET, key, ...rest, credentials };
  const { fields } = signPostForm(version === 'V1' ? { ...common, version } : { ...common, region: REGION });
  return { ...fields };
}

export const BOUNDARY = '----WebKitFormBoundaryW0DET1iaBMeAOBg3';

/** Header lines and content of a part, byte for byte. */
export function part(headers: string, content: string | Uint8Array = ''): Buffer {
  return Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\n${headers}\r\n\r\n`, 'utf8'),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
}

export function field(name: string, value: string): Buffer {
  return part(`Content-Disposition: form-data; name="${name}"`, value);
}

export function filePart(
  content: string | Uint8Array = 'file content',
  disposition = 'name="file"; filename="a.txt"',
  contentType: string | undefined = 'text/plain',
): Buffer {
  const type = contentType === undefined ? '' : `\r\nContent-Type: ${contentType}`;
  return part(`Content-Disposition: form-data; ${disposition}${type}`, content);
}

export const closing: Buffer = Buffer.from(`--${BOUNDARY}--\r\n`);

/** Fields, then whatever parts are given, then the closing boundary. */
export function formBody(fields: Readonly<Record<string, string>>, parts: readonly Buffer[] = [filePart()]): Buffer {
  return Buffer.concat([...Object.entries(fields).map(([name, value]) => field(name, value)), ...parts, closing]);
}

/** Sends a form as it is to the test bucket, path style, with no other signature. */
export function postForm(
  url: string,
  body: Buffer,
  headers: Readonly<Record<string, string>> = {},
): Promise<ClientResponse> {
  return sendPlain(url, {
    method: 'POST',
    path: `/${BUCKET}/`,
    headers: {
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      'content-length': String(body.length),
      ...headers,
    },
    body,
  });
}

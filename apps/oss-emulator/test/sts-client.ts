import { signStsRequest } from '@oss-callback/oss-signing';
import type { Credentials } from '@oss-callback/oss-signing';
import { CREDENTIALS, sendPlain } from './emulator-client.ts';
import type { ClientResponse } from './emulator-client.ts';

export const ROLE_ARN = 'acs:ram::1000000000000001:role/uploader';

export interface StsClientRequest {
  readonly method?: 'GET' | 'POST';
  readonly credentials?: Credentials;
  readonly now?: Date;
  readonly nonce?: string;
  readonly host?: string;
  /** Added without being signed. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Added behind the signer's back; `undefined` takes a parameter away. */
  readonly unsigned?: Readonly<Record<string, string | undefined>>;
}

let nonces = 0;

/** One signed call to STS, as its SDKs send it: in the query of a GET, or as the form of a POST. */
export function sendSts(
  url: string,
  parameters: Readonly<Record<string, string>>,
  request: StsClientRequest = {},
): Promise<ClientResponse> {
  const { method = 'POST', credentials = CREDENTIALS, now = new Date(), unsigned = {} } = request;
  nonces += 1;
  const { nonce = `nonce-${nonces}` } = request;
  const signed = signStsRequest({ method, parameters }, { credentials, now, nonce });
  const all = Object.entries({ ...signed.parameters, ...unsigned }).filter((entry) => entry[1] !== undefined);
  const form = new URLSearchParams(all as Array<[string, string]>).toString();
  const host = { ...request.headers, ...(request.host === undefined ? {} : { host: request.host }) };
  if (method === 'GET') return sendPlain(url, { method, path: `/?${form}`, headers: host });
  const body = Buffer.from(form);
  const headers = {
    ...host,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(body.length),
  };
  return sendPlain(url, { method, path: '/', headers, body });
}

export interface AssumeRoleRequest extends StsClientRequest {
  readonly policy?: object | string;
  readonly roleArn?: string;
  readonly durationSeconds?: number;
}

/** Credentials of a session, or the refusal as an error. */
export async function assumeRole(url: string, request: AssumeRoleRequest = {}): Promise<Required<Credentials>> {
  const { policy, roleArn = ROLE_ARN, durationSeconds } = request;
  const response = await sendSts(
    url,
    {
      Action: 'AssumeRole',
      RoleArn: roleArn,
      RoleSessionName: 'user-1',
      ...(policy === undefined ? {} : { Policy: typeof policy === 'string' ? policy : JSON.stringify(policy) }),
      ...(durationSeconds === undefined ? {} : { DurationSeconds: String(durationSeconds) }),
    },
    request,
  );
  if (response.status !== 200) throw new Error(response.text);
  const { Credentials: granted } = JSON.parse(response.text) as { Credentials: Record<string, string> };
  return {
    accessKeyId: granted['AccessKeyId'] ?? '',
    accessKeySecret: granted['AccessKeySecret'] ?? '',
    securityToken: granted['SecurityToken'] ?? '',
  };
}

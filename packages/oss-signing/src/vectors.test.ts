import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatDateTime, parseDateTime } from './date-time.ts';
import { parseHttpDate } from './http-date.ts';
import {
  canonicalRequest,
  credentialScope,
  presignUrl,
  presignUrlV1,
  signingKey,
  signRequest,
  stringToSign,
  stringToSignV1,
  verifyRequest,
  type SignableRequest,
  type VerifyOptions,
} from './index.ts';

/** One request with every text on the way to its signature. Each file has the members of its version and carrier. */
interface Vector extends SignableRequest {
  readonly id: string;
  readonly source: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
  readonly region: string;
  readonly product: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly additionalHeaders: readonly string[];
  /** Of a V1 presigned URL, in Unix seconds. */
  readonly expires: number;
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  readonly signingKeyHex: string;
  readonly signature: string;
  readonly authorization: string;
  readonly signedUrl?: string;
}

/** A step of the algorithm: what the vector says, and what comes out when the steps before are as the vector says. */
type Stage = readonly [name: string, expected: unknown, actual: () => unknown];

/** Runs the stages in order and stops at the first that differs, which is where to look. */
function firstDifference(stages: readonly Stage[]): object | undefined {
  for (const [stage, expected, compute] of stages) {
    const actual = compute();
    if (JSON.stringify(actual) !== JSON.stringify(expected)) {
      return { stage, expected, actual };
    }
  }
  return undefined;
}

function readVectors(name: string): readonly Vector[] {
  const text = readFileSync(new URL(`vectors/${name}.json`, import.meta.url), 'utf8');
  const file = JSON.parse(text) as { readonly vectors: readonly Vector[] };
  return file.vectors;
}

function headerOf({ headers }: Vector, name: string): string | undefined {
  return Object.entries(headers).find(([header]) => header.toLowerCase() === name)?.[1];
}

function without(parameters: Readonly<Record<string, string>>, pattern: RegExp): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !pattern.test(name)));
}

function signatureIn(url: string, parameter: string): string | null {
  return new URL(url).searchParams.get(parameter);
}

/** Path and parameters; SDKs order the parameters differently. */
function urlParts(text: string): readonly [path: string, parameters: readonly string[]] {
  const url = new URL(text);
  return [url.pathname, [...url.searchParams].map(([name, value]) => `${name}=${value}`).sort()];
}

function verifierOf(vector: Vector, now: Date): VerifyOptions {
  const findCredentials = (id: string): Vector | undefined => (id === vector.accessKeyId ? vector : undefined);
  const { region = 'cn-hangzhou', product } = vector as Partial<Vector>;
  return { findCredentials, now, region, product };
}

function v4Stages(vector: Vector, dateTime: string, now: Date): Stage[] {
  const signDate = formatDateTime(now).slice(0, 8);
  const scope = { signDate, region: vector.region, product: vector.product };
  return [
    ['canonicalRequest', vector.canonicalRequest, () => canonicalRequest(vector, vector.additionalHeaders)],
    ['stringToSign', vector.stringToSign, () => stringToSign({ ...vector, dateTime, scope: credentialScope(scope) })],
    ['signingKey', vector.signingKeyHex, () => signingKey(vector.accessKeySecret, scope).toString('hex')],
    [
      'signature',
      vector.signature,
      () => createHmac('sha256', Buffer.from(vector.signingKeyHex, 'hex')).update(vector.stringToSign).digest('hex'),
    ],
  ];
}

const SIGNATURE_HEADERS = /^(?:x-oss-date|x-oss-content-sha256|x-oss-security-token)$/i;
const SIGNATURE_PARAMETERS = /^x-oss-(?:credential|date|expires|signature-version|additional-headers|security-token)$/;

const suites = [
  {
    name: 'v4-header',
    stages: (vector: Vector): Stage[] => {
      const ossDate = headerOf(vector, 'x-oss-date');
      const dateTime = ossDate ?? headerOf(vector, 'date') ?? '';
      const now = parseDateTime(dateTime) ?? parseHttpDate(dateTime) ?? new Date(Number.NaN);
      const stages = v4Stages(vector, dateTime, now);
      if (ossDate !== undefined) {
        stages.push([
          'signRequest',
          vector.signature,
          () => {
            const request = { ...vector, headers: without(vector.headers, SIGNATURE_HEADERS) };
            // Names that must not make a difference: one signed anyway, one that the request does not have.
            const additionalHeaders = ['X-Oss-Date', 'x-oss-no-exist', 'absent', ...vector.additionalHeaders];
            const signed = signRequest(request, { ...vector, credentials: vector, now, additionalHeaders });
            return /Signature=(\w+)/.exec(signed.headers['authorization'] ?? '')?.[1];
          },
        ]);
      }
      stages.push([
        'verifyRequest',
        { ok: true, accessKeyId: vector.accessKeyId, version: 'V4', carrier: 'header' },
        () => {
          const headers = { ...vector.headers, Authorization: vector.authorization };
          return verifyRequest({ ...vector, headers }, verifierOf(vector, now));
        },
      ]);
      return stages;
    },
  },
  {
    name: 'v4-query',
    stages: (vector: Vector): Stage[] => {
      const dateTime = vector.query['x-oss-date'] ?? '';
      const now = parseDateTime(dateTime) ?? new Date(Number.NaN);
      const expiresIn = Number(vector.query['x-oss-expires']);
      const presigned = (): string =>
        presignUrl({
          ...vector,
          endpoint: 'https://oss-cn-hangzhou.aliyuncs.com',
          bucket: vector.bucket ?? '',
          query: without(vector.query, SIGNATURE_PARAMETERS),
          credentials: vector,
          now,
          expiresIn,
        }).url;
      return [
        ...v4Stages(vector, dateTime, now),
        ['presignUrl', vector.signature, () => signatureIn(presigned(), 'x-oss-signature')],
        ['url', urlParts(vector.signedUrl ?? presigned()), () => urlParts(presigned())],
        [
          'verifyRequest',
          { ok: true, accessKeyId: vector.accessKeyId, version: 'V4', carrier: 'query' },
          () => {
            const query = { ...vector.query, 'x-oss-signature': vector.signature };
            return verifyRequest({ ...vector, query }, verifierOf(vector, now));
          },
        ],
      ];
    },
  },
  {
    name: 'v1-header',
    stages: (vector: Vector): Stage[] => {
      const date = headerOf(vector, 'x-oss-date') ?? headerOf(vector, 'date') ?? '';
      const now = parseHttpDate(date) ?? parseDateTime(date) ?? new Date(Number.NaN);
      const stages: Stage[] = [
        ['stringToSign', vector.stringToSign, () => stringToSignV1(vector, date)],
        [
          'signature',
          vector.signature,
          () => createHmac('sha1', vector.accessKeySecret).update(vector.stringToSign).digest('base64'),
        ],
      ];
      if (headerOf(vector, 'x-oss-date') === now.toUTCString()) {
        stages.push([
          'signRequest',
          `OSS ${vector.accessKeyId}:${vector.signature}`,
          () => signRequest(vector, { version: 'V1', credentials: vector, now }).headers['authorization'],
        ]);
      }
      stages.push([
        'verifyRequest',
        { ok: true, accessKeyId: vector.accessKeyId, version: 'V1', carrier: 'header' },
        () => {
          const headers = { ...vector.headers, Authorization: vector.authorization };
          return verifyRequest({ ...vector, headers }, verifierOf(vector, now));
        },
      ]);
      return stages;
    },
  },
  {
    name: 'v1-query',
    stages: (vector: Vector): Stage[] => {
      const now = new Date((vector.expires - 3600) * 1000);
      const presigned = (): string =>
        presignUrlV1({
          ...vector,
          endpoint: 'https://oss-cn-hangzhou.aliyuncs.com',
          bucket: vector.bucket ?? '',
          query: without(vector.query, /^security-token$/),
          credentials: vector,
          now,
          expiresIn: 3600,
        }).url;
      return [
        ['stringToSign', vector.stringToSign, () => stringToSignV1(vector, String(vector.expires))],
        [
          'signature',
          vector.signature,
          () => createHmac('sha1', vector.accessKeySecret).update(vector.stringToSign).digest('base64'),
        ],
        ['presignUrl', vector.signature, () => signatureIn(presigned(), 'Signature')],
        ['url', urlParts(vector.signedUrl ?? presigned()), () => urlParts(presigned())],
        [
          'verifyRequest',
          { ok: true, accessKeyId: vector.accessKeyId, version: 'V1', carrier: 'query' },
          () => {
            const { accessKeyId, expires, signature } = vector;
            const own = { OSSAccessKeyId: accessKeyId, Expires: String(expires), Signature: signature };
            return verifyRequest({ ...vector, query: { ...vector.query, ...own } }, verifierOf(vector, now));
          },
        ],
      ];
    },
  },
] as const;

describe.each(suites)('vectors of $name', ({ name, stages }) => {
  it.each(readVectors(name))('$id: $source', (vector) => {
    expect(firstDifference(stages(vector))).toBeUndefined();
  });
});

describe('the vector runner', () => {
  it('names the first stage that differs', () => {
    const vector = readVectors('v4-header')[0];
    const broken = { ...vector, key: 'another-key' } as Vector;
    expect(firstDifference(suites[0].stages(broken))).toMatchObject({ stage: 'canonicalRequest' });
    const wrongSecret = { ...vector, accessKeySecret: 'another' } as Vector;
    expect(firstDifference(suites[0].stages(wrongSecret))).toMatchObject({ stage: 'signingKey' });
  });

  it('has at least sixty vectors from outside', () => {
    expect(suites.flatMap(({ name }) => readVectors(name)).length).toBeGreaterThanOrEqual(60);
  });
});

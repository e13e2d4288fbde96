import { array, assert, constantFrom, option, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { receiveRequest } from './received-request.ts';
import { signatureVersions } from './signature-versions.ts';

const authorizations = constantFrom('OSS a:b', 'OSS2 a', 'OSS4-HMAC-SHA256 a', 'OSS4-HMAC-SHA256', 'OSS', 'AWS a', '');
const parameters = array(
  tuple(
    constantFrom(
      'x-oss-signature-version',
      'x-oss-signature',
      'x-oss-credential',
      'OSSAccessKeyId',
      'Expires',
      'Signature',
    ),
    constantFrom('', 'OSS4-HMAC-SHA256', 'OSS2', 'ABC', '1'),
  ),
);

describe('signatureVersions', () => {
  it('has at most one row of each carrier that claims a request, whatever the request is', () => {
    assert(
      property(option(authorizations), parameters, string(), (authorization, query, key) => {
        const headers: Record<string, string> = authorization === null ? {} : { authorization };
        const received = receiveRequest({ method: 'GET', bucket: 'b', key, query, headers });
        for (const carrier of ['header', 'query']) {
          const claimants = signatureVersions.filter((row) => row.carrier === carrier && row.claims(received));
          expect(claimants.length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('names the page that describes each row', () => {
    for (const { doc } of signatureVersions) {
      expect(doc).toMatch(/^https:\/\/www\.alibabacloud\.com\/help\/en\/oss\//);
    }
  });
});

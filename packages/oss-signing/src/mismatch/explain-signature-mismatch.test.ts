import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  explainSignatureMismatch,
  type MismatchCause,
  mismatchHints,
  presignUrl,
  readSignatureError,
  type SignableRequest,
  type SignedTexts,
  signRequestV1,
  signRequestV4,
  verifyRequest,
} from '../index.ts';

const credentials = { accessKeyId: 'id', accessKeySecret: 'secret' };
const region = 'cn-hangzhou';
const now = new Date('2026-01-15T08:30:00Z');
const options = { credentials, region, now };
const request: SignableRequest = {
  method: 'PUT',
  bucket: 'examplebucket',
  key: 'a dir/落日+1.jpg',
  query: { acl: '', partNumber: '1', 'x-oss-process': 'image/resize,w_1 0' },
  headers: { 'Content-Type': 'image/jpeg', 'x-oss-meta-a': 'one', 'x-oss-meta-b': 'two', Range: 'bytes=0-9' },
};
const v4 = signRequestV4(request, { ...options, additionalHeaders: ['range'] });
const v1 = signRequestV1(request, options);

/** The texts with one change to the canonical request, or to the string to sign, of V4. */
function changedV4(change: (text: string) => string, text: 'canonicalRequest' | 'stringToSign'): SignedTexts {
  const changed = change(v4[text] ?? '');
  expect(changed).not.toBe(v4[text]);
  const { stringToSign, canonicalRequest } = v4;
  // Whoever signs another canonical request also has another hash of it.
  return text === 'stringToSign'
    ? { stringToSign: changed, canonicalRequest }
    : { stringToSign: stringToSign.replace(/[^\n]*$/, 'f'.repeat(64)), canonicalRequest: changed };
}

const replace = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);
const swapLines = (first: string, second: string) => (text: string) =>
  text.replace(new RegExp(`(${first}[^\n]*\n)(${second}[^\n]*\n)`), '$2$1');

describe('explainSignatureMismatch, canonical request of V4', () => {
  it.each<[MismatchCause, string | undefined, (text: string) => string]>([
    ['carriage-return', undefined, (text) => text.replaceAll('\n', '\r\n')],
    ['trailing-newline', undefined, (text) => `${text}\n`],
    ['method', undefined, replace('PUT', 'put')],
    ['method', undefined, replace('PUT', 'POST')],
    ['encoded-slash', undefined, replace('a%20dir/', 'a%20dir%2F')],
    ['escape-case', undefined, replace('%E8%90%BD', '%e8%90%bd')],
    ['plus-for-blank', undefined, replace('a%20dir', 'a+dir')],
    ['encoded-twice', undefined, (text) => text.replace(/^\/.*$/m, (uri) => uri.replaceAll('%', '%25'))],
    ['not-encoded', undefined, (text) => text.replace(/^\/.*$/m, (uri) => decodeURIComponent(uri))],
    ['bucket-missing', undefined, replace('/examplebucket/', '/')],
    ['uri', undefined, replace('a%20dir', 'A%20dir')],
    ['plus-for-blank', undefined, replace('w_1%200', 'w_1+0')],
    ['parameter-order', undefined, replace('acl&partNumber=1', 'partNumber=1&acl')],
    ['parameter-not-signed', 'partNumber', replace('&partNumber=1', '')],
    ['parameter-not-received', 'uploadId', replace('partNumber=1', 'partNumber=1&uploadId=2')],
    ['parameter-value', 'partNumber', replace('partNumber=1', 'partNumber=2')],
    ['parameter-value', 'acl', replace('acl&', 'acl=&')],
    ['header-order', undefined, swapLines('range', 'x-oss-content-sha256')],
    ['header-name-case', 'content-type', replace('content-type:', 'Content-Type:')],
    ['header-white-space', 'content-type', replace('content-type:', 'content-type: ')],
    ['header-value', 'content-type', replace('image/jpeg', 'image/jpeg; charset=utf-8')],
    ['header-not-signed', 'content-type', replace('content-type:image/jpeg\n', '')],
    ['header-not-signed', 'x-oss-meta-b', replace('x-oss-meta-b:two\n', '')],
    ['header-not-received', 'host', replace('range:', 'host:a\nrange:')],
    ['header-not-received', 'x-oss-meta-c', replace('x-oss-meta-b:two\n', 'x-oss-meta-b:two\nx-oss-meta-c:three\n')],
    ['additional-headers', undefined, replace('\n\nrange\n', '\n\nhost;range\n')],
    ['additional-headers', undefined, replace('\n\nrange\n', '\n\n\n')],
    ['hashed-payload', undefined, replace(/UNSIGNED-PAYLOAD$/, 'e3b0c44298fc1c14')],
  ])('finds %s (%s)', (cause, name, change) => {
    const explanation = explainSignatureMismatch(changedV4(change, 'canonicalRequest'), v4);
    expect(explanation).toMatchObject({ cause, hint: mismatchHints[cause], difference: { text: 'canonicalRequest' } });
    expect(explanation?.name).toBe(name);
  });

  it('names part and line, and shows both lines', () => {
    const client = changedV4(replace('x-oss-meta-b:two', 'x-oss-meta-b:2'), 'canonicalRequest');
    const line = (v4.canonicalRequest ?? '').split('\n').indexOf('x-oss-meta-b:two') + 1;
    expect(explainSignatureMismatch(client, v4)).toMatchObject({
      cause: 'header-value',
      name: 'x-oss-meta-b',
      difference: { part: 'canonical-headers', line, client: 'x-oss-meta-b:2', server: 'x-oss-meta-b:two' },
    });
  });

  it('says that it cannot look further when one canonical request is unknown', () => {
    const { stringToSign } = changedV4(replace('PUT', 'GET'), 'canonicalRequest');
    expect(explainSignatureMismatch({ stringToSign }, v4)).toMatchObject({
      cause: 'canonical-request',
      difference: { text: 'stringToSign', part: 'canonical-request-hash', line: 4 },
    });
  });
});

describe('explainSignatureMismatch, string to sign of V4', () => {
  it.each<[MismatchCause, (text: string) => string]>([
    ['algorithm', replace('OSS4-HMAC-SHA256', 'OSS4-HMAC-SHA1')],
    ['date-time', replace('T083000Z', 'T083001Z')],
    ['sign-date', replace('20260115/', '20260114/')],
    ['region', replace('cn-hangzhou', 'oss-cn-hangzhou')],
    ['product', replace('/oss/', '/s3/')],
    ['scope', replace('aliyun_v4_request', 'aws4_request')],
    ['scope', replace('/oss/', '/')],
    ['carriage-return', (text) => text.replaceAll('\n', '\r\n')],
    ['trailing-newline', (text) => `${text}\n`],
  ])('finds %s', (cause, change) => {
    const explanation = explainSignatureMismatch(changedV4(change, 'stringToSign'), v4);
    expect(explanation).toMatchObject({ cause, hint: mismatchHints[cause], difference: { text: 'stringToSign' } });
  });

  it('says that the keys differ when the texts do not', () => {
    expect(explainSignatureMismatch(v4, v4)).toEqual({ cause: 'same-text', hint: mismatchHints['same-text'] });
  });
});

describe('explainSignatureMismatch, V1', () => {
  it.each<[MismatchCause, string | undefined, (text: string) => string]>([
    ['method', undefined, replace('PUT', 'GET')],
    ['header-not-signed', 'content-type', replace('\nimage/jpeg\n', '\n\n')],
    ['header-value', 'content-type', replace('image/jpeg', 'image/jpg')],
    ['header-not-received', 'content-md5', replace('PUT\n\n', 'PUT\n1B2M2Y8AsgTpgAmY7PhCfg==\n')],
    ['date-time', undefined, replace(/Thu, [^\n]*/, 'Thu, 15 Jan 2026 08:30:01 GMT')],
    ['header-value', 'x-oss-meta-a', replace('x-oss-meta-a:one', 'x-oss-meta-a:1')],
    ['header-not-signed', 'x-oss-meta-a', replace('x-oss-meta-a:one\n', '')],
    ['header-not-received', 'x-oss-meta-c', replace('x-oss-meta-b:two\n', 'x-oss-meta-b:two\nx-oss-meta-c:3\n')],
    ['header-order', undefined, swapLines('x-oss-meta-a', 'x-oss-meta-b')],
    ['bucket-missing', undefined, replace('/examplebucket/', '/')],
    ['v1-encoded', undefined, replace('a dir/落日', 'a%20dir/%E8%90%BD%E6%97%A5')],
    ['uri', undefined, replace('a dir', 'b dir')],
    ['parameter-not-signed', 'acl', replace('acl&', '')],
    ['parameter-order', undefined, replace('acl&partNumber=1', 'partNumber=1&acl')],
    ['parameter-value', 'partNumber', replace('partNumber=1', 'partNumber=2')],
    ['carriage-return', undefined, (text) => text.replaceAll('\n', '\r\n')],
    ['trailing-newline', undefined, (text) => `${text}\n`],
  ])('finds %s (%s)', (cause, name, change) => {
    const stringToSign = change(v1.stringToSign);
    expect(stringToSign).not.toBe(v1.stringToSign);
    const explanation = explainSignatureMismatch({ stringToSign }, v1);
    expect(explanation).toMatchObject({ cause, hint: mismatchHints[cause] });
    expect(explanation?.name).toBe(name);
  });
});

describe('explainSignatureMismatch, any texts', () => {
  it('finds the line in which anything was changed', () => {
    const lines = (v4.canonicalRequest ?? '').split('\n');
    fc.assert(
      fc.property(fc.nat({ max: lines.length - 1 }), fc.string({ unit: 'binary-ascii' }), (index, text) => {
        const changed = text.replaceAll('\n', '');
        fc.pre(changed !== lines[index]);
        const client = changedV4(() => lines.with(index, changed).join('\n'), 'canonicalRequest');
        expect(explainSignatureMismatch(client, v4)).toMatchObject({
          difference: { line: index + 1, client: changed },
        });
      }),
    );
  });

  it('never throws', () => {
    const piece = fc.constantFrom(
      '\n',
      '\r',
      '/',
      '%',
      '%2',
      '%FF',
      '&',
      '=',
      ':',
      '?',
      'a',
      'x-oss-a',
      '落',
      '\ud800',
    );
    const text = fc.array(piece).map((pieces) => pieces.join(''));
    const signed = text.map((lines) => `OSS4-HMAC-SHA256\n1\n2\n${lines}`);
    const texts = fc.record({
      stringToSign: fc.oneof(text, signed),
      canonicalRequest: fc.oneof(text, fc.constant(undefined)),
    });
    fc.assert(
      fc.property(texts, fc.oneof(texts, text), (client, server) => {
        expect(() => explainSignatureMismatch(client, server)).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });
});

describe('readSignatureError', () => {
  const xml = (elements: string): string =>
    `<?xml version="1.0"?><Error><Code>SignatureDoesNotMatch</Code>${elements}</Error>`;

  it('reads the texts of V4 as the emulator and OSS write them', () => {
    const escape = (text = ''): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    const { stringToSign, canonicalRequest } = v4;
    const body = xml(
      `<StringToSign>${escape(stringToSign)}</StringToSign><CanonicalRequest>${escape(canonicalRequest)}</CanonicalRequest>`,
    );
    expect(readSignatureError(body)).toEqual({ stringToSign, canonicalRequest });
  });

  it('prefers the bytes, because logs lose line breaks (answer of OSS, in AlibabaCloudDocs/oss#35)', () => {
    const body = xml(
      '<StringToSign>GET 1606281461607 /b/m.png</StringToSign><StringToSignBytes>47 45 54 0A 0A 0A 31 36 30 36 32 38 31 34 36 31 36 30 37 0A 2F 62 </StringToSignBytes>',
    );
    expect(readSignatureError(body)).toEqual({ stringToSign: 'GET\n\n\n1606281461607\n/b' });
  });

  it('takes references of every kind, and leaves what is none', () => {
    const body = xml('<StringToSign>&lt;&#10;&#x4e2d;&quot;&apos;&gt;&nope;&#x110000;</StringToSign>');
    expect(readSignatureError(body)).toEqual({ stringToSign: `<\n中"'>&nope;&#x110000;` });
  });

  it.each(['', '<html>403</html>', '<StringToSign>', '<StringToSignBytes>47</StringToSignBytes>'.slice(0, 20)])(
    'answers undefined for %j',
    (body) => {
      expect(readSignatureError(body)).toBeUndefined();
      expect(explainSignatureMismatch(v4, body)).toBeUndefined();
    },
  );

  it('looks at a bounded part of a huge answer', () => {
    expect(readSignatureError(`${' '.repeat(1_048_576)}<StringToSign>a</StringToSign>`)).toBeUndefined();
  });
});

describe('verifyRequest, knowing what the client signed', () => {
  const verify = (sent: SignableRequest, signedByClient: SignedTexts) =>
    verifyRequest(sent, { findCredentials: () => credentials, now, region, signedByClient });

  it('explains a Content-Type that the HTTP client changed', () => {
    const sent = { ...request, headers: { ...v4.headers, 'content-type': 'image/jpeg; charset=utf-8' } };
    expect(verify(sent, v4)).toMatchObject({
      reason: 'signature-mismatch',
      explanation: { cause: 'header-value', name: 'content-type', difference: { client: 'content-type:image/jpeg' } },
    });
  });

  it('explains the Content-Type that a browser adds to a presigned PUT', () => {
    const endpoint = 'https://oss-cn-hangzhou.aliyuncs.com';
    const presigned = presignUrl({
      method: 'PUT',
      endpoint,
      bucket: 'examplebucket',
      key: 'a',
      ...options,
      expiresIn: 60,
    });
    const query = [...new URL(presigned.url).searchParams];
    const sent = { method: 'PUT', bucket: 'examplebucket', key: 'a', query, headers: { 'content-type': 'image/png' } };
    expect(verify(sent, presigned)).toMatchObject({
      explanation: { cause: 'header-not-signed', name: 'content-type' },
    });
  });

  it('explains another secret, and has nothing to explain about what is right or refused for another reason', () => {
    const sent = { ...request, headers: v4.headers };
    const other = signRequestV4(request, { ...options, credentials: { ...credentials, accessKeySecret: 'other' } });
    expect(verify({ ...request, headers: other.headers }, other)).toMatchObject({
      explanation: { cause: 'same-text' },
    });
    expect(verify(sent, v4)).toEqual({ ok: true, accessKeyId: 'id', version: 'V4', carrier: 'header' });
    expect(verify(request, v4)).toEqual({ ok: false, reason: 'unsigned' });
  });

  it('never tells the expected signature', () => {
    const sent = { ...request, headers: { ...v4.headers, 'x-oss-meta-a': 'changed' } };
    const right = signRequestV4({ ...request, headers: sent.headers }, { ...options, additionalHeaders: ['range'] });
    const expected = /Signature=(\w+)/.exec(right.headers['authorization'] ?? '')?.[1] ?? '';
    expect(expected).toHaveLength(64);
    expect(JSON.stringify(verify(sent, v4))).not.toContain(expected);
  });
});

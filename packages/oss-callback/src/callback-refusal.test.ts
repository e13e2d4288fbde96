import { generateKeyPairSync, sign } from 'node:crypto';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type RefusalHints, explainCallbackRefusal } from './callback-refusal.ts';
import { type SignedCallback, callbackStringToSign, signCallback } from './callback-signature.ts';

const publicKeyEncoding = { type: 'spki', format: 'pem' } as const;
const privateKeyEncoding = { type: 'pkcs8', format: 'pem' } as const;
const rsaKeyPair = () => generateKeyPairSync('rsa', { modulusLength: 512, publicKeyEncoding, privateKeyEncoding });
const toBase64 = (text: string): string => Buffer.from(text).toString('base64');

const pair = rsaKeyPair();
const otherPair = rsaKeyPair();
const strangerPair = rsaKeyPair();
const keyUrl = 'https://oss.test/a.pem';
const otherUrl = 'https://oss.test/b.pem';
const publicKeys = new Map([
  [otherUrl, otherPair.publicKey],
  [keyUrl, pair.publicKey],
]);

function signed(requestTarget: string, body: string, privateKey = pair.privateKey): SignedCallback {
  const bytes = Buffer.from(body);
  const authorization = signCallback({ requestTarget, body: bytes, privateKey });
  return { requestTarget, body: bytes, authorization, publicKeyUrl: toBase64(keyUrl) };
}

/** Names of the causes when something signed as `sent` arrives as `arrived`. */
function causesOf(sent: SignedCallback, arrived: Partial<SignedCallback>, hints: RefusalHints = {}): readonly string[] {
  const explanation = explainCallbackRefusal({ ...sent, ...arrived }, { publicKeys, ...hints });
  return explanation.ok ? ['ok'] : explanation.causes.map(({ cause }) => cause);
}

describe('explainCallbackRefusal', () => {
  it('has nothing to explain about a callback that verifies', () => {
    expect(explainCallbackRefusal(signed('/a', 'b'), { publicKeys })).toEqual({ ok: true, publicKeyUrl: keyUrl });
  });

  it.each([
    ['{"a": 1, "b": [2, {"c": "d, e"}]}', '{"a":1,"b":[2,{"c":"d, e"}]}'],
    ['{"a":1,"b":2}', '{"a": 1, "b": 2}'],
    ['{\n  "a": 1\n}', '{"a":1}'],
    ['{"a":1,"b":2}', '{"b":2,"a":1}'],
    [String.raw`{"a":"x\/y"}`, '{"a":"x/y"}'],
    ['a=x%2Fy%20z&b=1', 'a=x/y z&b=1'],
    ['a=x%2Fy%20z&b=1', 'a=x%2Fy+z&b=1'],
    ['a=x+y', 'a=x%20y'],
    ['a=%2f', 'a=%2F'],
    ['a=1&b=2', 'b=2&a=1'],
    ['a=%28%2A%29', 'a=(*)'],
  ])('names the body %s that was written again as %s', (sent, arrived) => {
    expect(causesOf(signed('/cb', sent), { body: Buffer.from(arrived) })).toEqual(['body-reserialised']);
  });

  it.each([
    ['a', 'a\n'],
    ['a\n', 'a'],
    ['a\r\n', 'a'],
    ['a\nb', 'a\r\nb'],
    ['a\r\nb', 'a\nb'],
    ['a', '  a '],
  ])('names the line break between %j and %j', (sent, arrived) => {
    expect(causesOf(signed('/cb', sent), { body: Buffer.from(arrived) })).toEqual(['body-newline']);
  });

  it.each([
    ['latin1 instead of UTF-8', 'é中', Buffer.from(Buffer.from('é中').toString('latin1'), 'utf8')],
    ['a body cut to latin1', 'é', Buffer.from('é', 'latin1')],
    ['an added byte order mark', 'a', Buffer.from('\uFEFFa')],
    ['a lost byte order mark', '\uFEFFa', Buffer.from('a')],
  ])('names text decoding: %s', (_what, sent, body) => {
    expect(causesOf(signed('/cb', sent), { body })).toEqual(['body-text-decoding']);
  });

  it.each([
    ['/cb', '/cb?x=1'],
    ['/cb?', '/cb'],
    ['/cb?a=%E4%B8%AD', '/cb?a=中'],
    ['/cb?a=+', '/cb?a=%20'],
    ['/cb?a=%20', '/cb?a=+'],
    ['/cb?a=%2f', '/cb?a=%2F'],
    ['/cb?a=/', '/cb?a=%2F'],
  ])('names the query that was signed as %s and arrived as %s', (sent, requestTarget) => {
    expect(causesOf(signed(sent, 'b'), { requestTarget })).toEqual(['query-changed']);
  });

  it('finds a lost query when it knows what OSS was told to call', () => {
    const sent = signed('/cb?tenant=7', 'b');
    expect(causesOf(sent, { requestTarget: '/cb' })).toEqual(['unexplained']);
    expect(causesOf(sent, { requestTarget: '/cb' }, { callbackTargets: ['/cb?tenant=7'] })).toEqual(['query-changed']);
  });

  it('finds a prefix that a proxy removed, given as a prefix or in a target', () => {
    const sent = signed('/api/cb?x', 'b');
    const requestTarget = '/cb?x';
    expect(causesOf(sent, { requestTarget }, { prefixes: ['/v1', '/api'] })).toEqual(['proxy-prefix']);
    expect(causesOf(sent, { requestTarget }, { callbackTargets: ['/api/cb?x'] })).toEqual(['proxy-prefix']);
    expect(causesOf(sent, { requestTarget: '/no?x' }, { callbackTargets: ['/api/cb?x'] })).toEqual(['path-changed']);
  });

  it.each([
    ['/cb/', '/cb', 'path-changed'],
    ['/cb', '/cb/', 'path-changed'],
    ['/a%2541', '/a%41', 'path-decoding'],
    ['/a%20b', '/a+b', 'path-decoding'],
    ['/a+b', '/a%20b', 'path-decoding'],
    ['/A', '/%2541', 'path-decoding'],
  ])('names the path that was signed as %s and arrived as %s', (sent, requestTarget, cause) => {
    expect(causesOf(signed(sent, 'b'), { requestTarget })).toEqual([cause]);
  });

  it('names a signer that forgot to decode the path', () => {
    const authorization = sign('md5', Buffer.from('/a%20b\nbody'), pair.privateKey).toString('base64');
    expect(causesOf(signed('/a%20b', 'body'), { authorization })).toEqual(['path-decoding']);
  });

  it('finds a change to the target together with one to the body', () => {
    const arrived = { requestTarget: '/cb?x=1', body: Buffer.from('{"a":1}') };
    expect(causesOf(signed('/api/cb?x=1', '{"a": 1}'), arrived, { prefixes: ['/api'] })).toEqual([
      'proxy-prefix',
      'body-reserialised',
    ]);
  });

  it.each(['sha1', 'sha256'])('names the hash %s', (hash) => {
    const toSign = callbackStringToSign('/cb', Buffer.from('b'));
    const authorization = sign(hash, toSign, pair.privateKey).toString('base64');
    expect(causesOf(signed('/cb', 'b'), { authorization })).toEqual(['wrong-hash']);
  });

  it('tells another known key from one that nobody knows', () => {
    expect(causesOf(signed('/cb', 'b', otherPair.privateKey), {})).toEqual(['wrong-key']);
    expect(causesOf(signed('/cb', 'b', strangerPair.privateKey), {})).toEqual(['unknown-key']);
    expect(causesOf(signed('/cb', 'b'), { publicKeyUrl: toBase64('http://other.test/') })).toEqual([
      'header',
      'wrong-key',
    ]);
  });

  it.each<[string, Partial<SignedCallback>]>([
    ['missing-authorization', { authorization: undefined }],
    ['missing-public-key-url', { publicKeyUrl: undefined }],
    ['malformed-public-key-url', { publicKeyUrl: keyUrl }],
    ['malformed-authorization', { authorization: 'OSS id:signature' }],
  ])('explains %s in a sentence', (reason, change) => {
    expect(explainCallbackRefusal({ ...signed('/cb', 'b'), ...change }, { publicKeys })).toMatchObject({
      ok: false,
      reason,
      causes: [{ cause: 'header', explanation: expect.stringMatching(/^[A-Z].*\.$/) as string }],
    });
  });

  it('says so when nothing explains it', () => {
    expect(causesOf(signed('/cb', 'b'), { body: Buffer.from('{"quite":"different"}') })).toEqual(['unexplained']);
  });

  it('never throws and never accepts, whatever was sent', () => {
    const { authorization, publicKeyUrl } = signed('/cb', 'b');
    const body = fc.oneof(fc.json(), fc.string(), fc.constant('{"__proto__":1}')).map((text) => Buffer.from(text));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), body, (path, bytes) => {
        const request = { requestTarget: `/x${path}`, body: bytes, authorization, publicKeyUrl };
        expect(explainCallbackRefusal(request, { publicKeys }).ok).toBe(false);
      }),
    );
  });

  it('stops after a bounded search, however large the body', () => {
    const started = performance.now();
    const body = Buffer.from(`{"a":"${'x'.repeat(5_000_000)}"}`);
    const prefixes = Array.from({ length: 1000 }, (_, index) => `/${index}`);
    expect(causesOf(signed('/cb', 'b'), { body }, { prefixes })).toEqual(['unexplained']);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

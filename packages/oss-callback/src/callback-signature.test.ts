import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  type CallbackRefusal,
  type SignedCallback,
  callbackStringToSign,
  signCallback,
  verifyCallbackSignature,
} from './callback-signature.ts';
import { InvalidPublicKeyError } from './pinned-key.ts';
import { OSS_CALLBACK_PUBLIC_KEYS } from './public-keys.ts';
import spellings from './vectors/base64-spellings.json' with { type: 'json' };
import signature from './vectors/callback-signature.json' with { type: 'json' };
import keyUrls from './vectors/public-key-urls.json' with { type: 'json' };

const toBase64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
const rsaKeyPair = (modulusLength: number) =>
  generateKeyPairSync('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

const keyUrl = 'https://oss.test/callback_pub_key_v1.pem';
const keyPair = rsaKeyPair(512);
const publicKeys = new Map([[keyUrl, keyPair.publicKey]]);

function signed(requestTarget: string, body: Uint8Array): SignedCallback {
  const authorization = signCallback({ requestTarget, body, privateKey: keyPair.privateKey });
  return { requestTarget, body, authorization, publicKeyUrl: toBase64(keyUrl) };
}

function reasonFor(request: SignedCallback, keys: ReadonlyMap<string, string> = publicKeys): CallbackRefusal | 'none' {
  const verification = verifyCallbackSignature(request, { publicKeys: keys });
  return verification.ok ? 'none' : verification.reason;
}

const honest = signed('/oss/callback?tenant=7', Buffer.from('bucket=b&object=a%2Fb'));

describe('OSS_CALLBACK_PUBLIC_KEYS', () => {
  it('pins the known key under exactly two URLs', () => {
    const { urls, pem, modulusHex, spkiSha256 } = signature.keys.oss;
    expect([...OSS_CALLBACK_PUBLIC_KEYS]).toEqual(urls.map((url) => [url, pem]));
    const key = createPublicKey(pem);
    const spki = key.export({ type: 'spki', format: 'der' });
    expect(createHash('sha256').update(spki).digest('hex')).toBe(spkiSha256);
    expect(Buffer.from(key.export({ format: 'jwk' }).n ?? '', 'base64url').toString('hex')).toBe(modulusHex);
  });
});

describe('signature vectors', () => {
  it.each(signature.vectors)('$id: $source', (vector) => {
    const requestTarget = vector.requestPath + vector.requestQuery;
    const body = Buffer.from(vector.body, 'utf8');
    expect(callbackStringToSign(requestTarget, body).toString('utf8')).toBe(vector.stringToSign);
    const verification = verifyCallbackSignature(
      { requestTarget, body, authorization: vector.authorization, publicKeyUrl: toBase64(keyUrl) },
      { publicKeys: new Map([[keyUrl, vector.key === 'oss' ? signature.keys.oss.pem : signature.keys.test.pem]]) },
    );
    expect(verification).toEqual(
      vector.valid ? { ok: true, publicKeyUrl: keyUrl } : { ok: false, reason: 'signature-mismatch' },
    );
  });

  it.each(signature.keys.oss.publicKeyUrlHeaders)('verify without any option under the header %s', (publicKeyUrl) => {
    for (const vector of signature.vectors.filter(({ key, valid }) => key === 'oss' && valid)) {
      const requestTarget = vector.requestPath + vector.requestQuery;
      const { authorization } = vector;
      const request = { requestTarget, body: Buffer.from(vector.body), authorization, publicKeyUrl };
      expect(verifyCallbackSignature(request)).toMatchObject({ ok: true });
    }
  });
});

describe('callbackStringToSign', () => {
  const text = (requestTarget: string): string => callbackStringToSign(requestTarget, Buffer.from('body')).toString();

  it.each([
    ['/a%20b+c?d=%20+', '/a b+c?d=%20+\nbody', 'decodes the path only, and the plus sign nowhere'],
    ['/%2541', '/%41\nbody', 'decodes once'],
    ['/p?', '/p?\nbody', 'keeps a bare question mark'],
    ['/p?a?b=%3F', '/p?a?b=%3F\nbody', 'splits at the first question mark'],
    ['/p%3Fq?r', '/p?q?r\nbody', 'does not take an encoded question mark for the query'],
    ['/a/../b//c/.', '/a/../b//c/.\nbody', 'normalises nothing'],
    ['/%zz%', '/%zz%\nbody', 'keeps malformed escapes'],
    ['/', '/\nbody', 'needs no more than a slash'],
  ])('of %s is %j: %s', (requestTarget, expected) => {
    expect(text(requestTarget)).toBe(expected);
  });

  it('decodes the path of any target and nothing else', () => {
    const character = fc.constantFrom('/', 'a', '+', '?', '&', '=', '%', '2', 'F', '%41', '%3f', '%E4', '\u00e4', '中');
    const target = fc.array(character, { maxLength: 20 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(target, fc.uint8Array(), (requestTarget, body) => {
        const encoding = requestTarget.includes('中') ? 'utf8' : 'latin1';
        const [path = '', ...rest] = Buffer.from(requestTarget, encoding).toString('latin1').split('?');
        const decoded = path.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) =>
          String.fromCodePoint(parseInt(hex, 16)),
        );
        const expected = Buffer.from([decoded, ...rest].join('?'), 'latin1');
        expect(callbackStringToSign(requestTarget, body)).toEqual(Buffer.concat([expected, Buffer.from('\n'), body]));
      }),
      { numRuns: 1000 },
    );
  });

  it('takes raw bytes of the target as node:http hands them over', () => {
    const target = Buffer.from('/中?名=值', 'utf8');
    expect(callbackStringToSign(target.toString('latin1'), Buffer.alloc(0))).toEqual(
      Buffer.concat([target, Buffer.from('\n')]),
    );
  });

  it('takes a target that was never on a socket as UTF-8', () => {
    expect(text('/中')).toBe('/中\nbody');
  });

  it('copies bodies that are no text', () => {
    const body = Buffer.from([0xff, 0x00, 0xfe, 0x0a]);
    expect(callbackStringToSign('/', body)).toEqual(Buffer.concat([Buffer.from('/\n'), body]));
  });
});

describe('signCallback', () => {
  it.each([512, 1024, 2048])('signs with a key of %i bits what verifies with it', (bits) => {
    const pair = rsaKeyPair(bits);
    const body = Buffer.from('{"size":1}');
    const authorization = signCallback({ requestTarget: '/cb', body, privateKey: createPrivateKey(pair.privateKey) });
    const request = { requestTarget: '/cb', body, authorization, publicKeyUrl: toBase64(keyUrl) };
    expect(Buffer.from(authorization, 'base64')).toHaveLength(bits / 8);
    expect(reasonFor(request, new Map([[keyUrl, pair.publicKey]]))).toBe('none');
  });

  it('signs any target and body so that they verify', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), fc.uint8Array(), (path, body) => {
        expect(reasonFor(signed(`/${path}`, body))).toBe('none');
      }),
    );
  });
});

describe('verifyCallbackSignature', () => {
  it('answers with the URL of the key', () => {
    expect(verifyCallbackSignature(honest, { publicKeys })).toEqual({ ok: true, publicKeyUrl: keyUrl });
  });

  it.each<[CallbackRefusal, Partial<SignedCallback>]>([
    ['missing-authorization', { authorization: undefined }],
    ['missing-authorization', { authorization: '' }],
    ['missing-authorization', { authorization: [] }],
    ['missing-authorization', { authorization: ['', ''] }],
    ['missing-public-key-url', { publicKeyUrl: undefined }],
    ['missing-public-key-url', { publicKeyUrl: '' }],
    ['malformed-public-key-url', { publicKeyUrl: keyUrl }],
    ['malformed-public-key-url', { publicKeyUrl: `${toBase64(keyUrl)}, ${toBase64(keyUrl)}` }],
    ['malformed-public-key-url', { publicKeyUrl: [toBase64(keyUrl), toBase64(keyUrl)] }],
    ['malformed-public-key-url', { publicKeyUrl: toBase64(keyUrl).replace(/=*$/, '') }],
    ['malformed-public-key-url', { publicKeyUrl: toBase64('http://a'.repeat(8192)) }],
    ['unknown-public-key-url', { publicKeyUrl: toBase64('https://oss.test/') }],
    ['unknown-public-key-url', { publicKeyUrl: toBase64(signature.keys.oss.urls[0] ?? '') }],
    ['malformed-authorization', { authorization: 'OSS id:signature' }],
    ['malformed-authorization', { authorization: Buffer.alloc(63).toString('base64') }],
    ['malformed-authorization', { authorization: Buffer.alloc(65).toString('base64') }],
    ['malformed-authorization', { authorization: Buffer.alloc(66).toString('base64') }],
    ['malformed-authorization', { authorization: Buffer.alloc(128).toString('base64') }],
    ['malformed-authorization', { authorization: 'A'.repeat(10_000_000) }],
    ['malformed-authorization', { authorization: [String(honest.authorization), String(honest.authorization)] }],
    ['signature-mismatch', { authorization: Buffer.alloc(64).toString('base64') }],
    ['signature-mismatch', { authorization: Buffer.alloc(64, 0xff).toString('base64') }],
    ['signature-mismatch', { body: Buffer.from('bucket=b&object=a%2Fc') }],
    ['signature-mismatch', { requestTarget: '/oss/callback' }],
    ['signature-mismatch', { requestTarget: '/oss/callback?tenant=8' }],
    ['signature-mismatch', { requestTarget: '/oss/callback?tenant=%37' }],
    ['signature-mismatch', { requestTarget: '/%zz' }],
    ['signature-mismatch', { requestTarget: '' }],
  ])('refuses with %s: %j', (reason, change) => {
    expect(reasonFor({ ...honest, ...change })).toBe(reason);
  });

  it('looks at the header of every request, whatever the request before had', () => {
    const stranger = { ...honest, publicKeyUrl: toBase64('https://oss.test/') };
    const requests = [honest, stranger, honest, { ...honest, publicKeyUrl: '?' }, stranger, honest];
    expect(requests.map((request) => reasonFor(request))).toEqual([
      'none',
      'unknown-public-key-url',
      'none',
      'malformed-public-key-url',
      'unknown-public-key-url',
      'none',
    ]);
  });

  it('accepts a header beside empty ones of its name', () => {
    expect(reasonFor({ ...honest, authorization: ['', String(honest.authorization)] })).toBe('none');
  });

  it('accepts headers given as arrays of one', () => {
    const { authorization, publicKeyUrl } = honest;
    const request = { ...honest, authorization: [String(authorization)], publicKeyUrl: [String(publicKeyUrl)] };
    expect(reasonFor(request)).toBe('none');
  });

  it.each(keyUrls.refused)('refuses the key URL $url: $trick', ({ url }) => {
    // Signed by a key of our own, as an attacker would: only the URL can refuse.
    const request = { ...honest, publicKeyUrl: toBase64(url) };
    const keys = new Map(keyUrls.accepted.map((accepted) => [accepted, keyPair.publicKey]));
    expect(['unknown-public-key-url', 'malformed-public-key-url']).toContain(reasonFor(request, keys));
  });

  it.each(keyUrls.accepted)('accepts the key URL %s', (url) => {
    const keys = new Map(keyUrls.accepted.map((accepted) => [accepted, keyPair.publicKey]));
    expect(reasonFor({ ...honest, publicKeyUrl: toBase64(url) }, keys)).toBe('none');
  });

  it.each(spellings.others)('refuses a signature spelled $text: $why', ({ text }) => {
    const authorization = String(honest.authorization);
    const forms = [text, authorization.slice(0, -text.length) + text, authorization + text];
    expect(forms.map((form) => reasonFor({ ...honest, authorization: form }))).not.toContain('none');
  });

  it('refuses every other spelling of a genuine signature', () => {
    const authorization = String(honest.authorization);
    const others = [
      authorization.replace(/=+$/, ''),
      authorization.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
      `${authorization}=`,
      ` ${authorization}`,
      `${authorization} `,
      `Basic ${authorization}`,
      `${authorization.slice(0, 40)}\n${authorization.slice(40)}`,
      authorization.replace(
        /.==$/,
        (last) => `${last === 'A==' ? 'B' : String.fromCodePoint((last.codePointAt(0) ?? 0) + 1)}==`,
      ),
    ];
    expect(others.map((form) => reasonFor({ ...honest, authorization: form }))).not.toContain('none');
  });

  it('refuses a signature by another key', () => {
    const other = rsaKeyPair(512);
    const authorization = signCallback({ ...honest, privateKey: other.privateKey });
    expect(reasonFor({ ...honest, authorization })).toBe('signature-mismatch');
  });

  it('refuses after a change of any single byte', () => {
    const bytes = Buffer.concat([
      Buffer.from(honest.requestTarget),
      honest.body,
      Buffer.from(String(honest.authorization), 'base64'),
    ]);
    const targetEnd = honest.requestTarget.length;
    const bodyEnd = targetEnd + honest.body.length;
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (index, difference) => {
        const changed = Buffer.from(bytes);
        changed[index] = (changed[index] ?? 0) ^ difference;
        const request = {
          ...honest,
          requestTarget: changed.toString('latin1', 0, targetEnd),
          body: changed.subarray(targetEnd, bodyEnd),
          authorization: changed.toString('base64', bodyEnd),
        };
        expect(reasonFor(request)).toBe('signature-mismatch');
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, whatever was sent', () => {
    // As node:http hands over any bytes: one character each.
    const anyBytes = fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('latin1'));
    const text = fc.oneof(anyBytes, fc.base64String(), fc.constant(String(honest.authorization)));
    const header = fc.oneof(
      text,
      fc.array(text, { maxLength: 3 }),
      fc.constant(undefined),
      fc.constant(toBase64(keyUrl)),
    );
    fc.assert(
      fc.property(text, fc.uint8Array(), header, header, (requestTarget, body, authorization, publicKeyUrl) => {
        expect(verifyCallbackSignature({ requestTarget, body, authorization, publicKeyUrl }, { publicKeys }).ok).toBe(
          false,
        );
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    '',
    'not a key',
    ...[generateKeyPairSync('ed25519'), generateKeyPairSync('rsa-pss', { modulusLength: 1024 })].map(({ publicKey }) =>
      publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    ),
  ])('blames the operator for a pinned key that is none', (pem) => {
    const verify = (): unknown => verifyCallbackSignature(honest, { publicKeys: new Map([[keyUrl, pem]]) });
    expect(verify).toThrow(InvalidPublicKeyError);
    expect(verify).toThrow(keyUrl);
  });

  it('keeps verifying when more keys were used than it remembers', () => {
    const pairs = Array.from({ length: 33 }, () => rsaKeyPair(512));
    const reasons = [...pairs, ...pairs].map(({ publicKey, privateKey }) => {
      const authorization = signCallback({ ...honest, privateKey });
      return reasonFor({ ...honest, authorization }, new Map([[keyUrl, publicKey]]));
    });
    expect(new Set(reasons)).toEqual(new Set(['none']));
  });
});

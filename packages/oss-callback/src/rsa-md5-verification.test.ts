import { constants, createHash, generateKeyPairSync, privateEncrypt, sign } from 'node:crypto';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { md5 } from './md5.ts';
import { type PinnedKey, parsePinnedKey } from './pinned-key.ts';
import { padPkcs1, verifyPkcs1Md5 } from './pkcs1-signature.ts';
import { verifyRsaMd5 } from './rsa-md5-verification.ts';
import { readRsaPublicKey } from './rsa-public-key.ts';
import vectors from './vectors/callback-signature.json' with { type: 'json' };

const publicKeyEncoding = { type: 'spki', format: 'pem' } as const;
const privateKeyEncoding = { type: 'pkcs8', format: 'pem' } as const;
const rsaKeyPair = (modulusLength: number, publicExponent = 65_537) =>
  generateKeyPairSync('rsa', { modulusLength, publicExponent, publicKeyEncoding, privateKeyEncoding });

const data = Buffer.from('/oss/callback\nbucket=b');
const pair = rsaKeyPair(512);
const key = parsePinnedKey('test', pair.publicKey);
const signature = sign('md5', data, pair.privateKey);
const refuse = (): never => {
  throw new TypeError('unsupported digest');
};

function both(pinned: PinnedKey, text: Uint8Array, bytes: Uint8Array): readonly boolean[] {
  return (['node-crypto', 'bigint'] as const).map((each) =>
    verifyRsaMd5(pinned, [text.subarray(0, 3), text.subarray(3)], bytes, each),
  );
}

describe('md5', () => {
  it('agrees with node:crypto on every length around its block size', () => {
    for (let length = 0; length <= 130; length += 1) {
      const bytes = Buffer.alloc(length, length);
      expect(md5(bytes)).toEqual(createHash('md5').update(bytes).digest());
    }
  });

  it('agrees with node:crypto on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4096 }), (bytes) => {
        expect(md5(bytes)).toEqual(createHash('md5').update(bytes).digest());
      }),
    );
  });
});

describe('readRsaPublicKey', () => {
  it.each([
    [512, 3],
    [512, 65_537],
    [1024, 65_537],
    [1032, 65_537],
    [2048, 65_537],
    [4096, 65_537],
  ])('reads the %i bits and the exponent %i that were written', (bits, exponent) => {
    const read = readRsaPublicKey(rsaKeyPair(bits, exponent).publicKey);
    expect(read).toMatchObject({ exponent: BigInt(exponent), modulusLengthBytes: bits / 8 });
    expect(read?.modulus.toString(2)).toHaveLength(bits);
  });

  it('reads the modulus of OSS', () => {
    expect(readRsaPublicKey(vectors.keys.oss.pem)?.modulus.toString(16)).toBe(vectors.keys.oss.modulusHex);
  });

  it('never throws, and takes no key that was cut or damaged where it matters', () => {
    const der = Buffer.from(pair.publicKey.replaceAll(/-----.*-----|\n/g, ''), 'base64');
    const pemOf = (bytes: Uint8Array): string =>
      `-----BEGIN PUBLIC KEY-----\n${Buffer.from(bytes).toString('base64')}\n-----END PUBLIC KEY-----\n`;
    for (let length = 0; length < der.length; length += 1) {
      expect(readRsaPublicKey(pemOf(der.subarray(0, length)))).toBeUndefined();
    }
    fc.assert(
      fc.property(fc.nat({ max: 23 }), fc.integer({ min: 1, max: 255 }), (index, difference) => {
        const changed = Buffer.from(der);
        changed[index] = (changed[index] ?? 0) ^ difference;
        expect(readRsaPublicKey(pemOf(changed))).toBeUndefined();
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(readRsaPublicKey(pemOf(bytes))).toBeUndefined();
      }),
    );
  });
});

describe('verifyRsaMd5', () => {
  it.each(vectors.vectors)('answers the same in both implementations for $id', (vector) => {
    const pinned = parsePinnedKey('test', vector.key === 'oss' ? vectors.keys.oss.pem : vectors.keys.test.pem);
    const bytes = Buffer.from(vector.authorization, 'base64');
    expect(both(pinned, Buffer.from(vector.stringToSign), bytes)).toEqual([vector.valid, vector.valid]);
  });

  it.each([512, 1024, 2048])('accepts any data signed with %i bits in both implementations', (bits) => {
    const { publicKey, privateKey } = rsaKeyPair(bits);
    const pinned = parsePinnedKey('test', publicKey);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (text) => {
        expect(both(pinned, text, sign('md5', text, privateKey))).toEqual([true, true]);
      }),
      { numRuns: 20 },
    );
  });

  it('refuses mutated signatures and data in both implementations', () => {
    fc.assert(
      fc.property(fc.nat({ max: 63 }), fc.integer({ min: 1, max: 255 }), fc.boolean(), (index, difference, ofData) => {
        const changed = Buffer.from(ofData ? data : signature);
        const place = index % changed.length;
        changed[place] = (changed[place] ?? 0) ^ difference;
        expect(ofData ? both(key, changed, signature) : both(key, data, changed)).toEqual([false, false]);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(64)],
    ['one', Buffer.from('01'.padStart(128, '0'), 'hex')],
    ['a number above the modulus', Buffer.alloc(64, 0xff)],
    ['a byte too few', signature.subarray(1)],
    ['a byte too many', Buffer.concat([Buffer.alloc(1), signature])],
    ['ten megabytes', Buffer.alloc(10_000_000, 1)],
  ])('refuses %s as a signature in both implementations', (_what, bytes) => {
    expect(both(key, data, bytes)).toEqual([false, false]);
  });

  it.each(['sha1', 'sha256'])('refuses a signature with %s in both implementations', (hash) => {
    expect(both(key, data, sign(hash, data, pair.privateKey))).toEqual([false, false]);
  });

  it('refuses blocks that are padded in any other way', () => {
    const digestInfo = Buffer.concat([
      Buffer.from('3020300c06082a864886f70d020505000410', 'hex'),
      createHash('md5').update(data).digest(),
    ]);
    const sealed = (block: Buffer): Buffer =>
      privateEncrypt({ key: pair.privateKey, padding: constants.RSA_NO_PADDING }, block);
    const right = padPkcs1(digestInfo, 64);
    expect(verifyPkcs1Md5(key.rsaKey!, data, sealed(right))).toBe(true);
    // Short padding with the digest moved to the left, as in the forgeries for small exponents.
    const early = Buffer.concat([Buffer.from([0, 1, 0xff, 0xff, 0]), digestInfo]);
    const wrong = [Buffer.concat([early, Buffer.alloc(64 - early.length)])];
    for (let index = 1; index < 64; index += 1) {
      const block = Buffer.from(right);
      block[index] = (block[index] ?? 0) ^ 1;
      wrong.push(block);
    }
    expect(wrong.map((block) => verifyPkcs1Md5(key.rsaKey!, data, sealed(block)))).not.toContain(true);
  });

  it('falls back to BigInt when the runtime refuses MD5 or the key', () => {
    expect(verifyRsaMd5(key, [data], signature, undefined, refuse)).toBe(true);
    expect(verifyRsaMd5(key, [Buffer.from('other')], signature, undefined, refuse)).toBe(false);
    expect(verifyRsaMd5({ ...key, nodeKey: undefined }, [data], signature)).toBe(true);
  });

  it('does not fall back for a signature that does not fit', () => {
    const answers = [false];
    const once = (): boolean => answers.pop() ?? refuse();
    expect(verifyRsaMd5(key, [data], signature, undefined, once)).toBe(false);
  });

  it('verifies nothing when the forced implementation cannot', () => {
    expect(verifyRsaMd5(key, [data], signature, 'node-crypto', refuse)).toBe(false);
    expect(verifyRsaMd5({ ...key, rsaKey: undefined }, [data], signature, 'bigint')).toBe(false);
  });
});

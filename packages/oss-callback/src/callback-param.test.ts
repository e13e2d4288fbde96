import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { callbackBodyTypes } from './callback-body-type.ts';
import { CallbackParamError } from './callback-param-error.ts';
import { type CallbackParam, decodeCallbackParam, encodeCallbackParam } from './callback-param.ts';
import encoding from './vectors/callback-param-encoding.json' with { type: 'json' };

const JSON_TYPE = 'application/json';
const url = 'http://app.example.com:8080/oss/callback?tenant=7';
const minimal: CallbackParam = { callbackUrl: url, callbackBody: 'bucket=${bucket}' };
const toBase64 = (json: string): string => Buffer.from(json, 'utf8').toString('base64');
const jsonOf = (text: string): unknown => JSON.parse(Buffer.from(text, 'base64').toString('utf8'));

function refusalOf(param: unknown): CallbackParamError {
  try {
    encodeCallbackParam(param as CallbackParam);
  } catch (error) {
    if (error instanceof CallbackParamError) {
      return error;
    }
  }
  return expect.unreachable('was encoded');
}

describe('encodeCallbackParam', () => {
  const vector = encoding.vectors.find(({ id }) => id === 'enc-own-callback');

  it('writes the JSON of the vector, byte for byte', () => {
    expect(encodeCallbackParam(JSON.parse(vector?.json ?? '') as CallbackParam)).toBe(vector?.base64);
  });

  it('leaves absent members out', () => {
    expect(jsonOf(encodeCallbackParam(minimal))).toEqual({ callbackUrl: url, callbackBody: 'bucket=${bucket}' });
  });

  it('joins several URLs with semicolons', () => {
    const callbackUrl = ['http://a.example/1', 'b.example:8080/2'];
    expect(jsonOf(encodeCallbackParam({ ...minimal, callbackUrl }))).toMatchObject({
      callbackUrl: 'http://a.example/1;b.example:8080/2',
    });
  });

  it('asks for SNI when a URL is https, unless told not to', () => {
    const callbackUrl = ['http://a.example', 'https://b.example'];
    expect(jsonOf(encodeCallbackParam({ ...minimal, callbackUrl }))).toMatchObject({ callbackSNI: true });
    expect(jsonOf(encodeCallbackParam({ ...minimal, callbackUrl, callbackSNI: false }))).toMatchObject({
      callbackSNI: false,
    });
    expect(jsonOf(encodeCallbackParam(minimal))).not.toHaveProperty('callbackSNI');
  });

  it.each([
    ['five URLs', { callbackUrl: 'a.io;b.io;c.io;d.io;e.io' }],
    ['percent-encoded Chinese', { callbackUrl: 'http://a.io/%E4%B8%AD?%E5%90%8D=%E5%80%BC' }],
    ['a bare question mark', { callbackUrl: 'http://a.io/p?' }],
    ['a template that is no JSON, as OSS does', { callbackBody: '春水碧于天', callbackBodyType: JSON_TYPE }],
    ['numbers inside quotes', { callbackBody: '{"a":"${imageInfo.width},${size}"}', callbackBodyType: JSON_TYPE }],
    ['quoted placeholders in a form', { callbackBody: 'a="${object}"' }],
    ['a constant', { callbackBody: 'test' }],
  ])('encodes %s', (_what, change) => {
    const param = { ...minimal, ...change } as CallbackParam;
    expect(decodeCallbackParam(encodeCallbackParam(param)).ok).toBe(true);
  });

  it.each([
    ['callbackUrl', 'url-missing', { callbackUrl: '' }],
    ['callbackUrl', 'url-missing', { callbackUrl: undefined }],
    ['callbackUrl', 'url-missing', { callbackUrl: [] }],
    ['callbackUrl', 'url-missing', { callbackUrl: ['http://a.io', ''] }],
    ['callbackUrl', 'url-missing', { callbackUrl: ['http://a.io', 5] }],
    ['callbackUrl', 'url-missing', { callbackUrl: 5 }],
    ['callbackUrl', 'url-holds-separator', { callbackUrl: ['http://a.io/x;y'] }],
    ['callbackUrl', 'url-not-percent-encoded', { callbackUrl: 'http://a.io/中.php' }],
    ['callbackUrl', 'url-not-percent-encoded', { callbackUrl: 'http://a.io/a b' }],
    ['callbackUrl', 'url-not-percent-encoded', { callbackUrl: 'http://a.io/%zz' }],
    ['callbackUrl', 'url-not-percent-encoded', { callbackUrl: 'http://a.io/?q=100%' }],
    ['callbackUrl', 'url-not-percent-encoded', { callbackUrl: 'http://a.io/"x"' }],
    ['callbackUrl', 'url-not-percent-encoded', { callbackUrl: `http://a.io/${'中'.repeat(9999)}` }],
    ['callbackUrl', 'url-invalid', { callbackUrl: 'my' }],
    ['callbackUrl', 'url-invalid', { callbackUrl: 'my.com:test' }],
    ['callbackUrl', 'too-many-urls', { callbackUrl: 'a.io;b.io;c.io;d.io;e.io;f.io' }],
    ['callbackHost', 'host-invalid', { callbackHost: 'a b' }],
    ['callbackHost', 'host-invalid', { callbackHost: 'a..b' }],
    ['callbackBody', 'body-empty', { callbackBody: '' }],
    ['callbackBody', 'body-empty', { callbackBody: undefined }],
    ['callbackBody', 'body-not-string', { callbackBody: { bucket: '${bucket}' } }],
    ['callbackBodyType', 'body-type-unsupported', { callbackBodyType: 'text/plain' }],
    ['callbackBodyType', 'body-type-unsupported', { callbackBodyType: 'application/json; charset=utf-8' }],
    ['callbackSNI', 'sni-not-boolean', { callbackSNI: 'true' }],
    ['callbackBody', 'placeholder-without-brace', { callbackBody: 'object=$(object)' }],
    ['callbackBody', 'placeholder-without-brace', { callbackBody: 'a=$x:a}' }],
    ['callbackBody', 'placeholder-unclosed', { callbackBody: 'a=${object' }],
    [
      'callbackBody',
      'string-placeholder-in-quotes',
      { callbackBody: '{"a":"${object}"}', callbackBodyType: JSON_TYPE },
    ],
    ['callbackBody', 'string-placeholder-in-quotes', { callbackBody: '{"a":"${x:uid}"}', callbackBodyType: JSON_TYPE }],
    ['callback', 'callback-too-long', { callbackBody: 'a'.repeat(3800) }],
  ])('refuses %s: %s (%j)', (field, rule, change) => {
    const error = refusalOf({ ...minimal, ...change });
    expect(error).toMatchObject({ name: 'CallbackParamError', field, rule });
    expect(error.message.startsWith(`${field}: `)).toBe(true);
    expect(error.message.length).toBeLessThan(400);
  });

  it('says what OSS would answer', () => {
    expect(refusalOf({ ...minimal, callbackBody: '' }).message).toBe(
      'callbackBody: The callback body is empty. (body-empty; OSS answers 400 InvalidArgument, EC 0007-00000011)',
    );
    expect(refusalOf({ ...minimal, callbackSNI: 'true' }).message).toBe(
      'callbackSNI: The callback sni is invalid. (sni-not-boolean; OSS answers 400 InvalidArgument)',
    );
  });

  it('takes exactly 5120 characters', () => {
    // 3840 bytes of JSON are 5120 characters of Base64.
    const overhead = Buffer.from(encodeCallbackParam({ ...minimal, callbackBody: 'a' }), 'base64').length - 1;
    const callbackBody = 'a'.repeat(3840 - overhead);
    const text = encodeCallbackParam({ ...minimal, callbackBody });
    expect(text).toHaveLength(5120);
    expect(decodeCallbackParam(text).ok).toBe(true);
    expect(refusalOf({ ...minimal, callbackBody: `${callbackBody}a` }).rule).toBe('callback-too-long');
  });
});

describe('decodeCallbackParam', () => {
  it('is undone by the encoder and undoes it', () => {
    const path = fc
      .webUrl({ validSchemes: ['http', 'https'], withQueryParameters: true })
      .filter((each) => !/[;'[]/.test(each));
    const param = fc.record(
      {
        callbackUrl: fc.array(path, { minLength: 1, maxLength: 5 }),
        callbackBody: fc
          .string({ minLength: 1, maxLength: 200, unit: 'grapheme' })
          .map((text) => `${text.replaceAll('$', '')}\${object}`),
        callbackBodyType: fc.constantFrom(...callbackBodyTypes),
        callbackHost: fc.domain(),
        callbackSNI: fc.boolean(),
      },
      { requiredKeys: ['callbackUrl', 'callbackBody'] },
    );
    fc.assert(
      fc.property(param, (given) => {
        fc.pre(!given.callbackBody.includes('"') && given.callbackUrl.join(';').length < 2000);
        const decoded = decodeCallbackParam(encodeCallbackParam(given));
        expect(decoded).toMatchObject({
          ok: true,
          callback: {
            body: given.callbackBody,
            bodyType: given.callbackBodyType ?? 'application/x-www-form-urlencoded',
            sni: given.callbackSNI ?? given.callbackUrl.some((each) => each.startsWith('https:')),
          },
        });
        const callback = decoded.ok ? decoded.callback : undefined;
        expect(callback?.urls.map(({ text }) => text)).toEqual(given.callbackUrl);
        expect(callback?.host).toBe(given.callbackHost);
      }),
    );
  });

  it.each(encoding.vectors.filter(({ id }) => !id.endsWith('-var')))('reads $id ($source)', ({ base64, json }) => {
    const source = JSON.parse(json) as Record<string, unknown>;
    expect(decodeCallbackParam(base64)).toMatchObject({
      ok: true,
      callback: {
        urls: [{ text: source['callbackUrl'] }],
        host: source['callbackHost'],
        body: source['callbackBody'],
        bodyType: source['callbackBodyType'],
        sni: source['callbackSNI'] ?? false,
      },
    });
  });

  it("reads the same from every SDK's spelling", () => {
    const spellings = [
      // ali-oss: callbackUrl, callbackBody, callbackHost, callbackBodyType
      '{"callbackUrl":"http://a.io/x","callbackBody":"{\\"size\\":${size}}","callbackHost":"a.io","callbackBodyType":"application/json"}',
      // Java: callbackUrl, callbackHost, callbackBody, callbackBodyType
      '{"callbackUrl":"http://a.io/x","callbackHost":"a.io","callbackBody":"{\\"size\\":${size}}","callbackBodyType":"application/json"}',
      // Android: order of a HashMap, slashes escaped
      '{"callbackBodyType":"application\\/json","callbackHost":"a.io","callbackUrl":"http:\\/\\/a.io\\/x","callbackBody":"{\\"size\\":${size}}"}',
      // PHP tests: blanks and line breaks
      '{\n  "callbackUrl":"http://a.io/x",   "callbackHost":"a.io",\r\n\t"callbackBody":"{\\"size\\":${size}}",\n "callbackBodyType":"application/json"\n}',
    ];
    const decoded = spellings.map((json) => decodeCallbackParam(toBase64(json)));
    expect(decoded[0]).toMatchObject({ ok: true, callback: { body: '{"size":${size}}', host: 'a.io' } });
    expect(new Set(decoded.map((each) => JSON.stringify(each))).size).toBe(1);
  });

  it('refuses JSON that was pasted together without escaping, as Java does it', () => {
    const pasted =
      '{"callbackUrl":"http://a.io","callbackBody":"{"size":${size}}","callbackBodyType":"application/json"}';
    expect(decodeCallbackParam(toBase64(pasted))).toMatchObject({
      ok: false,
      error: { rule: 'callback-not-json', argumentValue: pasted },
    });
  });

  it.each(['', toBase64('{}'), toBase64('{"callbackUrl":"","callbackBody":5}'), toBase64('{"callbackUrl":null}')])(
    'finds no callback where no URL is configured: %j',
    (text) => {
      expect(decodeCallbackParam(text)).toEqual({ ok: true, callback: undefined });
    },
  );

  it('fills the defaults of OSS and ignores members nobody knows', () => {
    const text = toBase64('{"callbackUrl":"a.io","callbackBody":"test","calbackBodyType":"x","callbackHost":""}');
    expect(decodeCallbackParam(text)).toEqual({
      ok: true,
      callback: {
        urls: [{ text: 'a.io', protocol: 'http:', hostname: 'a.io', port: 80, host: 'a.io', requestTarget: '/' }],
        body: 'test',
        bodyType: 'application/x-www-form-urlencoded',
        sni: false,
        additionalHeaders: {},
      },
    });
  });

  it('reads the members that only error pages describe', () => {
    const text = toBase64(
      '{"callbackUrl":"a.io","callbackBody":"b","signatureVersion":"1.0","additionalHeaders":{"key1":"val1","key-2":""}}',
    );
    expect(decodeCallbackParam(text)).toMatchObject({
      ok: true,
      callback: { signatureVersion: '1.0', additionalHeaders: { key1: 'val1', 'key-2': '' } },
    });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json().map(toBase64), fc.base64String()), (text) => {
        expect(typeof decodeCallbackParam(text).ok).toBe('boolean');
      }),
    );
  });
});

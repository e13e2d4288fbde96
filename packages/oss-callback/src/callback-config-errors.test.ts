import { describe, expect, it } from 'vitest';

import { type CallbackConfigRule, callbackConfigError, callbackConfigErrors } from './callback-config-errors.ts';
import { decodeCallbackParam } from './callback-param.ts';
import { decodeCallbackVar } from './callback-var.ts';

const encode = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
const url = 'http://app.example.com/oss/callback';
const withFields = (fields: object): string =>
  encode(JSON.stringify({ callbackUrl: url, callbackBody: 'a', ...fields }));
const withHeaders = (additionalHeaders: unknown): string => withFields({ additionalHeaders });
const elevenHeaders = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`key${index}`, 'v']));

/** Text of the parameter, then what OSS documents: code and message. */
const provokedByParam: readonly (readonly [CallbackConfigRule, text: string, ec: string, message: RegExp])[] = [
  [
    'callback-too-long',
    withFields({ callbackBody: 'a'.repeat(5000) }),
    '0007-00000001',
    /^The length of callback exceed/,
  ],
  ['callback-not-base64', 'x123-*&', '0007-00000002', /^The callback configuration is not base64 encoded\.$/],
  ['callback-not-base64', 'error argument', '0007-00000002', /not base64 encoded/],
  ['callback-not-json', encode('error argument'), '0007-00000003', /^The callback configuration is not json format\.$/],
  ['callback-not-json', encode('[1]'), '0007-00000003', /not json format/],
  ['callback-not-json', encode('null'), '0007-00000003', /not json format/],
  ['callback-not-json', encode('\uFEFF{}'), '0007-00000003', /not json format/],
  ['url-invalid', withFields({ callbackUrl: 'my' }), '0007-00000004', /^The callback url configuration is invalid\.$/],
  ['url-invalid', withFields({ callbackUrl: 'my.com:test' }), '0007-00000004', /url configuration is invalid/],
  ['url-invalid', withFields({ callbackUrl: 'http://[::1]/' }), '0007-00000004', /url configuration is invalid/],
  ['url-invalid', withFields({ callbackUrl: 5 }), '0007-00000004', /url configuration is invalid/],
  ['url-invalid', withFields({ callbackUrl: ';' }), '0007-00000004', /url configuration is invalid/],
  [
    'too-many-urls',
    withFields({ callbackUrl: 'my1.com;my2.com;my3.com;my4.com;my5.com;my6.com;' }),
    '0007-00000005',
    /^The number of callback url exceed max value\.$/,
  ],
  [
    'host-invalid',
    withFields({ callbackHost: [1, 2, 3] }),
    '0007-00000009',
    /^The callback host configuration is invalid\.$/,
  ],
  ['host-invalid', withFields({ callbackHost: 'a.com\r\nx: y' }), '0007-00000009', /host configuration is invalid/],
  ['body-not-string', withFields({ callbackBody: [1, 2, 3] }), '0007-00000010', /^The callback body is invalid\.$/],
  ['body-empty', withFields({ callbackBody: '' }), '0007-00000011', /^The callback body is empty\.$/],
  ['body-empty', encode(JSON.stringify({ callbackUrl: url })), '0007-00000011', /body is empty/],
  [
    'body-type-not-string',
    withFields({ callbackBodyType: 123 }),
    '0007-00000012',
    /body type configuration is invalid/,
  ],
  ['body-type-unsupported', withFields({ callbackBodyType: 'image/jpg' }), '0007-00000013', /is not supported\.$/],
  ['sni-not-boolean', withFields({ callbackSNI: 'true' }), '', /^The callback sni is invalid\.$/],
  ['sni-not-boolean', withFields({ callbackSNI: 123 }), '', /sni is invalid/],
  [
    'signature-version-invalid',
    withFields({ signatureVersion: 123 }),
    '',
    /^The callback signature version is invalid\.$/,
  ],
  ['signature-version-invalid', withFields({ signatureVersion: '3.0' }), '', /signature version is invalid/],
  ['additional-headers-not-map', withHeaders(123), '0007-00000021', /additional headers/],
  ['additional-headers-not-map', withHeaders(['a']), '0007-00000021', /additional headers/],
  ['additional-headers-not-map', withHeaders({ key1: 1 }), '0007-00000021', /additional headers/],
  ['additional-headers-too-many', withHeaders(elevenHeaders), '0007-00000022', /additional headers/],
  ['additional-header-name-empty', withHeaders({ '': 'v' }), '0007-00000023', /additional headers/],
  ['additional-header-name-illegal', withHeaders({ '&*': 'v' }), '0007-00000024', /additional headers/],
  ['additional-header-value-illegal', withHeaders({ key1: '\r\n' }), '0007-00000025', /additional headers/],
  ['additional-header-name-reserved', withHeaders({ 'x-oss-test': 'v' }), '0007-00000026', /additional headers/],
  [
    'placeholder-without-brace',
    withFields({ callbackBody: 'size=${size}&my_var=$x:my_var}' }),
    '0007-00000105',
    /^Left brace must be adjacent to dollar sign\.$/,
  ],
  ['placeholder-unclosed', withFields({ callbackBody: 'size=${size' }), '0007-00000105', /brace/],
];

const provokedByVar: readonly (readonly [CallbackConfigRule, text: string, ec: string, message: RegExp])[] = [
  [
    'var-too-long',
    encode(JSON.stringify({ 'x:a': 'A'.repeat(5000) })),
    '0007-00000101',
    /^The length of callback var exceed/,
  ],
  ['var-not-base64', 'x123-*&', '0007-00000102', /base64/],
  ['var-not-json', encode('{"x:var1":"value1",'), '0007-00000103', /^The callback var is not expecten json\.$/],
  ['var-not-json', encode('"x:var1"'), '0007-00000103', /not expecten json/],
  ['var-not-string-map', encode('{"x:var1":"value1","x:var2":{"a":"b"}}'), '0007-00000104', /string map/],
  ['var-not-string-map', encode('{"x:var1":5}'), '0007-00000104', /string map/],
];

/** Only the service itself can see these: an address, or two carriers in one request. */
const provokedByService = ['private-address', 'header-and-query', 'var-header-and-query'] as const;

describe('callbackConfigErrors', () => {
  it.each(provokedByParam)('%s is provoked by %s', (rule, text, ec, message) => {
    const decoded = decodeCallbackParam(text);
    expect(decoded).toMatchObject({ ok: false, error: { rule, ec, message: expect.stringMatching(message) } });
  });

  it.each(provokedByVar)('%s is provoked by %s', (rule, text, ec, message) => {
    const decoded = decodeCallbackVar(text);
    expect(decoded).toMatchObject({ ok: false, error: { rule, ec, message: expect.stringMatching(message) } });
  });

  it.each(provokedByService)('%s can be raised by the service', (rule) => {
    expect(callbackConfigError(rule, 'value')).toMatchObject({ rule, argumentValue: 'value' });
  });

  it('has no row that nothing provokes', () => {
    const provoked = [...provokedByParam, ...provokedByVar].map(([rule]) => rule);
    expect(new Set([...provoked, ...provokedByService])).toEqual(new Set(Object.keys(callbackConfigErrors)));
  });

  it('echoes the decoded JSON, or the text itself when it could not be decoded', () => {
    const json = '{"callbackSNI":"true","callbackUrl":"http://a.example","callbackBody":"a"}';
    expect(decodeCallbackParam(encode(json))).toMatchObject({
      error: { argumentName: 'callback', argumentValue: json },
    });
    expect(decodeCallbackParam('x123-*&')).toMatchObject({
      error: { argumentName: 'callback', argumentValue: 'x123-*&' },
    });
  });

  it('echoes the template under the name ReplaceKeyPrefix when a placeholder is wrong', () => {
    expect(decodeCallbackParam(withFields({ callbackBody: 'object=$(object)' }))).toMatchObject({
      error: { argumentName: 'ReplaceKeyPrefix', argumentValue: 'object=$(object)' },
    });
  });

  it('echoes no more of an overlong text than the limit', () => {
    const decoded = decodeCallbackParam('A'.repeat(1_000_000));
    expect(decoded.ok ? undefined : decoded.error.argumentValue).toHaveLength(5120);
  });

  it('takes ten additional headers', () => {
    const { key0: _, ...tenHeaders } = elevenHeaders;
    expect(decodeCallbackParam(withHeaders(tenHeaders))).toMatchObject({ callback: { additionalHeaders: tenHeaders } });
  });

  it('is checked in the order of the codes', () => {
    const broken = { callbackUrl: 'my', callbackHost: 1, callbackBody: 1, callbackBodyType: 1, callbackSNI: 1 };
    const repaired = {
      callbackUrl: url,
      callbackHost: 'a.com',
      callbackBody: 'a$',
      callbackBodyType: 'application/json',
    };
    const rules = Object.entries({ ...repaired, callbackSNI: true }).map(([name, value]) => {
      const decoded = decodeCallbackParam(encode(JSON.stringify(broken)));
      Object.assign(broken, { [name]: value });
      return decoded.ok ? undefined : decoded.error.rule;
    });
    expect(rules).toEqual([
      'url-invalid',
      'host-invalid',
      'body-not-string',
      'body-type-not-string',
      'sni-not-boolean',
    ]);
    expect(decodeCallbackParam(encode(JSON.stringify(broken)))).toMatchObject({
      error: { rule: 'placeholder-without-brace' },
    });
  });
});

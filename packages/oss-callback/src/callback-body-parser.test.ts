import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseCallbackBody } from './callback-body-parser.ts';
import type { CallbackBodyRefusal } from './flat-fields.ts';

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

const parseForm = (body: string) => parseCallbackBody(FORM_TYPE, Buffer.from(body));
const parseJson = (body: string) => parseCallbackBody(JSON_TYPE, Buffer.from(body));
const manyFields = (count: number): string[] => Array.from({ length: count }, (_, index) => `a${index}`);

describe('parseCallbackBody', () => {
  it('keeps numbers and null in JSON', () => {
    const body = ' {"object":"a\\/中","size":114020,"ratio":-1.5e3,"imageInfo":null,"e":""}\n';
    expect(parseJson(body)).toEqual({
      ok: true,
      fields: { object: 'a/中', size: 114_020, ratio: -1500, imageInfo: null, e: '' },
    });
  });

  it('takes everything in a form as text', () => {
    expect(parseForm('bucket=b&object=dir%2Fa%20b+c%2B%E4%B8%AD.txt&size=5&empty=&bare&x:v=a=b')).toEqual({
      ok: true,
      fields: { bucket: 'b', object: 'dir/a b c+中.txt', size: '5', empty: '', bare: '', 'x:v': 'a=b' },
    });
  });

  it.each([
    ['test', { test: '' }],
    ['', {}],
    ['&&a=1&&', { a: '1' }],
    ['春水=碧于天', { 春水: '碧于天' }],
    ['__proto__=1&constructor=2', { ['__proto__']: '1', constructor: '2' }],
  ])('reads the form %j', (body, fields) => {
    const parsed = parseForm(body);
    expect(parsed.ok && { ...parsed.fields }).toEqual(fields);
  });

  it.each([FORM_TYPE, 'Application/X-WWW-Form-Urlencoded', `${FORM_TYPE}; charset=utf-8`, ` ${FORM_TYPE} ;x`])(
    'recognises the type %j',
    (type) => {
      expect(parseCallbackBody(type, Buffer.from('a=1'))).toMatchObject({ ok: true });
    },
  );

  it.each<[CallbackBodyRefusal, string | undefined]>([
    ['unsupported-content-type', undefined],
    ['unsupported-content-type', ''],
    ['unsupported-content-type', 'text/plain'],
    ['unsupported-content-type', 'multipart/form-data'],
    ['unsupported-content-type', 'application/jsonp'],
    ['unsupported-content-type', '__proto__'],
  ])('refuses with %s: %j', (reason, type) => {
    expect(parseCallbackBody(type, Buffer.from('{}'))).toEqual({ ok: false, reason });
  });

  it.each<[CallbackBodyRefusal, string]>([
    ['duplicate-field', 'size=1&size=999'],
    ['duplicate-field', 'size=1&s%69ze=999'],
    ['duplicate-field', '__proto__=1&__proto__=2'],
    ['duplicate-field', 'a&a'],
    ['not-flat', 'a[]=1'],
    ['not-flat', 'a[b]=1'],
    ['not-flat', 'a%5Bb%5D=1'],
    ['malformed-escape', 'a=%'],
    ['malformed-escape', 'a=%4'],
    ['malformed-escape', 'a=%zz'],
    ['malformed-escape', '%u0041=1'],
    ['invalid-utf-8', 'a=%ff'],
    ['invalid-utf-8', 'a=%E4%B8'],
    ['invalid-utf-8', 'a=%C0%AF'],
    ['invalid-utf-8', 'a=%ED%A0%80'],
    ['too-many-fields', manyFields(101).join('&')],
    ['too-many-fields', `%zz&${manyFields(100).join('&')}`],
    ['too-large', 'a'.repeat(65_537)],
  ])('refuses the form with %s: %s', (reason, body) => {
    expect(parseForm(body)).toEqual({ ok: false, reason });
  });

  it.each<[CallbackBodyRefusal, string]>([
    ['duplicate-field', '{"size":1,"size":999}'],
    ['duplicate-field', '{"size":1,"\\u0073ize":999}'],
    ['duplicate-field', '{"a":"\\"b\\":","c":1,"c":1}'],
    ['duplicate-field', '{"__proto__":1,"__proto__":2}'],
    ['not-flat', '{"a":[]}'],
    ['not-flat', '{"a":{}}'],
    ['not-flat', '{"__proto__":{"admin":1}}'],
    ['not-flat', '{"a":true}'],
    ['not-an-object', '[]'],
    ['not-an-object', 'null'],
    ['not-an-object', '"a"'],
    ['not-an-object', '5'],
    ['invalid-json', ''],
    ['invalid-json', '{"a":1'],
    ['invalid-json', '{"a":""x""}'],
    ['invalid-json', "{'a':1}"],
    ['invalid-json', '\uFEFF{}'],
    ['invalid-json', '{}{}'],
    ['not-an-object', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
    [
      'too-many-fields',
      `{${manyFields(101)
        .map((name) => `"${name}":1`)
        .join()}}`,
    ],
  ])('refuses the JSON with %s: %s', (reason, body) => {
    expect(parseJson(body)).toEqual({ ok: false, reason });
  });

  it.each([JSON_TYPE, FORM_TYPE])('refuses invalid UTF-8 in %s', (type) => {
    expect(parseCallbackBody(type, Buffer.from([0x61, 0x3d, 0xff]))).toEqual({ ok: false, reason: 'invalid-utf-8' });
  });

  it('takes as many fields and bytes as it says', () => {
    expect(parseForm(manyFields(100).join('&')).ok).toBe(true);
    expect(
      parseJson(
        `{${manyFields(100)
          .map((name) => `"${name}":"b"`)
          .join()}}`,
      ).ok,
    ).toBe(true);
    expect(parseForm(`a=${'b'.repeat(65_534)}`).ok).toBe(true);
  });

  it('is not misled by what strings contain', () => {
    const body = '{"a":"\\"b\\": 1, \\\\","c\\"d":"{\\"a\\":2}"}';
    expect(parseJson(body)).toEqual({ ok: true, fields: { a: '"b": 1, \\', 'c"d': '{"a":2}' } });
  });

  it('gives fields no prototype, and the prototype of objects no fields', () => {
    const parsed = parseJson('{"__proto__":"x","constructor":1}');
    expect(parsed.ok && Object.getPrototypeOf(parsed.fields)).toBeNull();
    expect(parsed.ok && parsed.fields['__proto__']).toBe('x');
    expect(parsed.ok && parsed.fields['toString']).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('reads every flat object that JSON.stringify writes', () => {
    const value = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constant(null),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), value, { maxKeys: 20 }), (fields) => {
        const text = JSON.stringify(fields);
        const parsed = parseJson(text);
        expect(parsed.ok && { ...parsed.fields }).toEqual(JSON.parse(text));
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.constantFrom(JSON_TYPE, FORM_TYPE, undefined), fc.uint8Array(), (type, body) => {
        expect(typeof parseCallbackBody(type, body).ok).toBe('boolean');
      }),
    );
  });
});

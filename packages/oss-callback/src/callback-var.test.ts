import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { CallbackParamError } from './callback-param-error.ts';
import { decodeCallbackVar, encodeCallbackVar } from './callback-var.ts';
import encoding from './vectors/callback-param-encoding.json' with { type: 'json' };

const toBase64 = (json: string): string => Buffer.from(json, 'utf8').toString('base64');

describe('encodeCallbackVar', () => {
  it('writes the JSON of the vector, byte for byte', () => {
    const vector = encoding.vectors.find(({ id }) => id === 'enc-own-var');
    expect(encodeCallbackVar({ 'x:uid': '12345', 'x:order_id': '67890' })).toBe(vector?.base64);
  });

  it.each([
    ['uid', 'variable-name-without-prefix', { uid: '1' }],
    ['x:', 'variable-name-without-prefix', { 'x:': '1' }],
    ['X:uid', 'variable-name-without-prefix', { 'X:uid': '1' }],
    ['x:uid', 'value-not-string', { 'x:uid': 5 }],
    ['x:uid', 'value-not-string', { 'x:uid': null }],
    ['x:uid', 'value-not-string', { 'x:uid': undefined }],
    ['callback-var', 'var-too-long', { 'x:a': 'A'.repeat(3831) }],
  ])('refuses %s: %s', (field, rule, variables) => {
    const encode = (): string => encodeCallbackVar(variables as Record<string, string>);
    expect(encode).toThrow(CallbackParamError);
    expect(encode).toThrow(expect.objectContaining({ field, rule }));
  });

  it('takes exactly 5120 characters', () => {
    expect(encodeCallbackVar({ 'x:a': 'A'.repeat(3830) })).toHaveLength(5120);
  });
});

describe('decodeCallbackVar', () => {
  it('undoes the encoder', () => {
    const name = fc.string({ minLength: 1, unit: 'grapheme', maxLength: 20 }).map((text) => `x:${text}`);
    fc.assert(
      fc.property(fc.dictionary(name, fc.string({ unit: 'grapheme', maxLength: 50 }), { maxKeys: 8 }), (variables) => {
        expect(decodeCallbackVar(encodeCallbackVar(variables))).toEqual({
          ok: true,
          variables: new Map(Object.entries(variables)),
        });
      }),
    );
  });

  it.each(encoding.vectors.filter(({ id }) => id.endsWith('-var')))('reads $id ($source)', ({ base64 }) => {
    expect(decodeCallbackVar(base64)).toEqual({
      ok: true,
      variables: new Map([
        ['x:uid', '12345'],
        ['x:order_id', '67890'],
      ]),
    });
  });

  it('reads the blanks that Java writes, and Chinese names', () => {
    expect(decodeCallbackVar(toBase64('{"x:键值1":"值1：凌波" ,"x:var2":"value2" }'))).toEqual({
      ok: true,
      variables: new Map([
        ['x:键值1', '值1：凌波'],
        ['x:var2', 'value2'],
      ]),
    });
  });

  it('keeps names without prefix, as Android tests send them', () => {
    expect(decodeCallbackVar(toBase64('{"key1":"val1","__proto__":"x"}'))).toEqual({
      ok: true,
      variables: new Map([
        ['key1', 'val1'],
        ['__proto__', 'x'],
      ]),
    });
  });

  it('finds no variables in an empty text', () => {
    expect(decodeCallbackVar('')).toEqual({ ok: true, variables: new Map() });
  });

  it('takes text in another charset, garbled', () => {
    // "中" in GBK, which one SDK sends on a Chinese Windows.
    const gbk = Buffer.concat([Buffer.from('{"x:a":"'), Buffer.from([0xd6, 0xd0]), Buffer.from('"}')]);
    expect(decodeCallbackVar(gbk.toString('base64'))).toEqual({
      ok: true,
      variables: new Map([['x:a', '\uFFFD\uFFFD']]),
    });
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseCallbackBody } from '../callback-body-parser.ts';
import { type CallbackValues, renderCallbackBody } from '../callback-body.ts';
import { CallbackParamError } from '../callback-param-error.ts';
import { decodeCallbackParam, encodeCallbackParam } from '../callback-param.ts';
import { decodeCallbackVar } from '../callback-var.ts';
import { type CallbackVariableName, callbackVariables } from '../callback-variables.ts';
import { lintCallback } from '../lint/lint-callback.ts';
import { type BuiltCallback, type CallbackSpecification, buildCallback } from './build-callback.ts';
import type { CallbackBodyField, CallbackBodyFields } from './callback-body-fields.ts';
import { customVariable } from './custom-variable.ts';
import { formBody } from './form-body.ts';
import { jsonBody } from './json-body.ts';
import { systemVariable } from './system-variable.ts';

const url = 'https://app.example.com/oss/callback';
const upload = {
  bucket: systemVariable('bucket'),
  object: systemVariable('object'),
  size: systemVariable('size'),
};

function decoded({ callback, callbackVar = '' }: BuiltCallback) {
  const param = decodeCallbackParam(callback);
  const variables = decodeCallbackVar(callbackVar);
  if (!param.ok || !variables.ok || param.callback === undefined) {
    throw new TypeError('does not decode');
  }
  return { ...param.callback, variables: variables.variables };
}

/** What the callback server reads when an upload with these values calls back. */
function received(built: BuiltCallback, values: CallbackValues) {
  const { variables, ...callback } = decoded(built);
  const body = Buffer.from(renderCallbackBody(callback, { ...values, variables }), 'utf8');
  return parseCallbackBody(callback.bodyType, body);
}

function refusalOf(build: () => unknown): CallbackParamError {
  try {
    build();
  } catch (error) {
    if (error instanceof CallbackParamError) {
      return error;
    }
    throw error;
  }
  return expect.unreachable('was built');
}

describe('buildCallback', () => {
  const built = buildCallback({
    url,
    body: jsonBody({
      ...upload,
      user: customVariable('user_id', '42'),
      fixed: 'text',
      width: systemVariable('imageInfo.width'),
    }),
  });

  it('writes quotes where OSS does not, and declares each custom variable', () => {
    expect(decoded(built)).toMatchObject({
      body: '{"bucket":${bucket},"object":${object},"size":${size},"user":${x:user_id},"fixed":"text","width":"${imageInfo.width}"}',
      bodyType: 'application/json',
      sni: true,
      variables: new Map([['x:user_id', '42']]),
    });
  });

  it('percent-encodes names and constants of a form and leaves its placeholders', () => {
    const form = buildCallback({
      url,
      body: formBody({ ...upload, 'a&b': '100 % = 中', uid: customVariable('uid', '&') }),
    });
    expect(decoded(form).body).toBe(
      'bucket=${bucket}&object=${object}&size=${size}&a%26b=100%20%25%20%3D%20%E4%B8%AD&uid=${x:uid}',
    );
  });

  it('has one callback for headers, query and form fields', () => {
    const { callback, callbackVar } = built;
    expect(built.headers).toEqual({ 'x-oss-callback': callback, 'x-oss-callback-var': callbackVar });
    expect(built.query).toEqual({ callback, 'callback-var': callbackVar });
    expect(built.formFields).toEqual({ callback, 'x:user_id': '42' });
  });

  it('has no callback-var without custom variables', () => {
    const plain = buildCallback({ url, body: formBody(upload) });
    expect(plain).not.toHaveProperty('callbackVar');
    expect(Object.keys(plain.headers)).toEqual(['x-oss-callback']);
    expect(Object.keys(plain.query)).toEqual(['callback']);
    expect(Object.keys(plain.formFields)).toEqual(['callback']);
  });

  it('comes to the same text as encodeCallbackParam', () => {
    const { bodyType, template } = formBody(upload);
    const param = { callbackUrl: url, callbackBody: template, callbackBodyType: bodyType };
    expect(buildCallback({ url, body: formBody(upload) }).callback).toBe(encodeCallbackParam(param));
  });

  it('joins up to five URLs, texts or URL objects, and keeps what it is told about SNI and host', () => {
    const urls = ['http://a.example.com', new URL('https://b.example.com/x')] as const;
    const specification = { urls, body: formBody(upload), host: 'c.example.com', sni: false };
    expect(decoded(buildCallback(specification))).toMatchObject({
      urls: [{ text: 'http://a.example.com' }, { text: 'https://b.example.com/x' }],
      host: 'c.example.com',
      sni: false,
    });
  });

  it('lets a private address through only when it is told to', () => {
    const specification = { url: 'http://127.0.0.1:3280/oss/callback', body: formBody(upload) };
    expect(refusalOf(() => buildCallback(specification))).toMatchObject({
      field: 'callbackUrl',
      rule: 'private-address',
    });
    expect(decoded(buildCallback({ ...specification, allowPrivateUrls: true })).urls).toHaveLength(1);
  });

  it.each<[string, string, Partial<Record<'url' | 'urls' | 'host' | 'sni' | 'body', unknown>>]>([
    ['callbackUrl', 'url-missing', { url: '' }],
    ['callbackUrl', 'url-missing', { url: undefined }],
    ['callbackUrl', 'url-missing', { url: undefined, urls: [] }],
    ['callbackUrl', 'url-holds-separator', { url: 'http://app.example.com/x;y' }],
    ['callbackUrl', 'url-without-scheme', { url: 'app.example.com/x' }],
    ['callbackUrl', 'url-scheme-unsupported', { url: 'ftp://app.example.com' }],
    ['callbackUrl', 'url-user-info', { url: 'http://a:b@app.example.com' }],
    ['callbackUrl', 'url-fragment', { url: 'http://app.example.com/#x' }],
    ['callbackUrl', 'url-plus', { url: 'http://app.example.com/a+b' }],
    ['callbackUrl', 'url-not-percent-encoded', { url: 'http://app.example.com/中' }],
    ['callbackUrl', 'url-invalid', { url: 'http://' }],
    ['callbackUrl', 'too-many-urls', { url: undefined, urls: Array.from({ length: 6 }, () => 'http://a.example.com') }],
    ['callbackHost', 'host-with-port', { host: 'app.example.com:80' }],
    ['callbackHost', 'host-with-scheme', { host: 'http://app.example.com' }],
    ['callbackHost', 'host-invalid', { host: 'a b' }],
    ['callbackSNI', 'sni-not-boolean', { sni: 'true' }],
    ['callback', 'callback-too-long', { body: formBody({ ...upload, a: 'a'.repeat(4000) }) }],
    ['callback-var', 'callback-too-long', { body: formBody({ ...upload, a: customVariable('a', 'a'.repeat(4000)) }) }],
    ['callbackBody', 'body-not-string', { body: undefined }],
    ['callbackBody', 'body-not-string', { body: 'object=${object}' }],
    ['callbackBody', 'string-placeholder-in-quotes', { body: { ...jsonBody(upload), template: '{"a":"${object}"}' } }],
  ])('refuses %s: %s', (field, rule, change) => {
    const error = refusalOf(() => buildCallback({ url, body: formBody(upload), ...change } as CallbackSpecification));
    expect(error).toMatchObject({ name: 'CallbackParamError', field, rule });
    expect(error.message.startsWith(`${field}: `)).toBe(true);
    expect(error.message.length).toBeLessThan(600);
  });
});

describe('jsonBody and formBody', () => {
  it.each<[string, unknown]>([
    ['body-empty', {}],
    ['field-name-invalid', { '': 'a' }],
    ['field-name-invalid', { 'a[]': 'a' }],
    ['text-not-well-formed', { 'a\ud800': 'a' }],
    ['text-not-well-formed', { a: '\udc00' }],
    ['field-value-invalid', { a: Number.NaN }],
    ['field-value-invalid', { a: true }],
    ['field-value-invalid', { a: undefined }],
    ['variable-declared-twice', { a: customVariable('u', '1'), b: customVariable('u', '2') }],
    ['too-many-fields', Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`f${index}`, 1]))],
  ])('refuse %s: %j', (rule, fields) => {
    expect(refusalOf(() => jsonBody(fields as CallbackBodyFields)).rule).toBe(rule);
    expect(refusalOf(() => formBody(fields as CallbackBodyFields)).rule).toBe(rule);
  });

  it('take one custom variable in several fields', () => {
    const user = customVariable('u', '1');
    expect(jsonBody({ a: user, b: user }).variables).toEqual(new Map([['x:u', '1']]));
  });
});

describe('customVariable and systemVariable', () => {
  it.each(['', 'A', 'x:uid', 'ü', 'a b', 'a}', 5])('refuse the name %j', (name) => {
    expect(refusalOf(() => customVariable(name as string, '1')).rule).toBe('variable-name-invalid');
    expect(refusalOf(() => systemVariable(name as CallbackVariableName)).rule).toBe('variable-unknown');
  });

  it('refuse values that are no text', () => {
    expect(refusalOf(() => customVariable('a', 5 as unknown as string))).toMatchObject({
      field: 'x:a',
      rule: 'value-not-string',
    });
    expect(refusalOf(() => customVariable('a', '\ud800'))).toMatchObject({
      field: 'x:a',
      rule: 'text-not-well-formed',
    });
  });

  it('check names at compile time where they are known', () => {
    const dynamic: string = 'uid';
    expect(customVariable(dynamic, '1').name).toBe('x:uid');
    // @ts-expect-error -- capital letters
    expect(() => customVariable('UserId', '1')).toThrow(CallbackParamError);
    // @ts-expect-error -- the prefix is added
    expect(() => customVariable('x:uid', '1')).toThrow(CallbackParamError);
    // @ts-expect-error -- a custom name
    expect(() => systemVariable('user_id')).toThrow(CallbackParamError);
    // @ts-expect-error -- six URLs
    expect(() => buildCallback({ urls: [url, url, url, url, url, url], body: jsonBody(upload) })).toThrow(
      CallbackParamError,
    );
    // @ts-expect-error -- a template written by hand
    expect(() => buildCallback({ url, body: { bodyType: 'application/json', template: '"${object}"' } })).toThrow(
      CallbackParamError,
    );
  });
});

const hostile = fc.constantFrom(
  ...String.raw`" \ $(object) {object} %24%7Bobject%7D % + & = 中 🙂 '`.split(' '),
  '${object}',
  ' ',
  '\n',
  '\u0000',
);
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.array(hostile, { maxLength: 6 }).map((parts) => parts.join('')),
);
const name = text.filter((value) => value !== '' && !/[[\]]/.test(value));
const known = callbackVariables.map((row) => row.name);
const customNames = fc.string({
  unit: fc.constantFrom(...'a b c x y z 0 1 9 _ - .'.split(' ')),
  minLength: 1,
  maxLength: 8,
});
const field: fc.Arbitrary<CallbackBodyField> = fc.oneof(
  text,
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  fc.constantFrom(...known).map(systemVariable),
  fc.tuple(customNames, text).map(([custom, value]) => customVariable(custom, value)),
);
const fields = fc.dictionary(name, field, { maxKeys: 12 });
const values: fc.Arbitrary<CallbackValues> = fc.record({
  bucket: text,
  object: text,
  etag: text,
  size: fc.nat(),
  mimeType: text,
  'imageInfo.height': fc.nat(),
  'imageInfo.width': fc.nat(),
  'imageInfo.format': text,
  crc64: text,
  contentMd5: text,
  vpcId: text,
  clientIp: text,
  reqId: text,
  operation: text,
});

/** What a field has to come back as; `null` only where OSS has no value for an image. */
function expected(value: CallbackBodyField, facts: CallbackValues, isJson: boolean): string | number | null {
  if (typeof value !== 'object') {
    return isJson ? value : String(value);
  }
  const fact = value.kind === 'custom' ? value.value : facts[value.name];
  if (fact === '' && isJson && value.name === 'imageInfo.format') {
    return null;
  }
  return isJson && value.name === 'size' ? Number(fact) : String(fact);
}

describe('what is built', () => {
  it.each([
    ['application/json', jsonBody],
    ['application/x-www-form-urlencoded', formBody],
  ] as const)('lints clean and comes back as it was meant, as %s', (bodyType, body) => {
    const isJson = bodyType === 'application/json';
    fc.assert(
      fc.property(fields, values, (extra, facts) => {
        const all: CallbackBodyFields = { ...upload, ...extra };
        const named = Object.values(all).filter((each) => typeof each === 'object' && each.kind === 'custom');
        const custom = new Map(named.map((each) => [each.name, each.value]));
        fc.pre(named.every((each) => custom.get(each.name) === each.value));
        const built = buildCallback({ url, body: body(all) });
        const missing = ['object', 'size'].some(
          (each) => !Object.values(all).some((value) => typeof value === 'object' && value.name === each),
        );
        const findings = lintCallback(built.callback, { carrier: 'header', callbackVar: built.callbackVar ?? {} });
        expect(findings.map(({ rule }) => rule)).toEqual(missing ? ['body-without-upload'] : []);
        const parsed = received(built, facts);
        const meant = Object.entries(all).map(([each, value]) => [each, expected(value, facts, isJson)] as const);
        expect(parsed.ok && new Map(Object.entries(parsed.fields))).toEqual(new Map(meant));
      }),
      { numRuns: 500 },
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decodeCallbackParam } from '../callback-param.ts';
import { decodeCallbackVar } from '../callback-var.ts';
import spellings from '../vectors/base64-spellings.json' with { type: 'json' };
import { lintCallback } from './lint-callback.ts';

const toBase64 = (value: unknown): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64');

const pieces = fc.constantFrom(
  ...'http:// https:// app.example.com ; :80 /a?b ?q=+ # @ [::1] 127.0.0.1 ${x:a} 中 .. %zz ${object} $(object) ${ } { '.split(
    ' ',
  ),
  ...String.raw`" \ & = {bucket} %24%7Bsize%7D a $ ,`.split(' '),
);
const text = fc.oneof(
  fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);
const anything = fc.oneof(
  text,
  fc.boolean(),
  fc.integer(),
  fc.constant(null),
  fc.array(fc.integer(), { maxLength: 2 }),
);
const members = fc.record(
  {
    callbackUrl: fc.oneof({ weight: 3, arbitrary: fc.constant('http://app.example.com') }, anything),
    callbackBody: fc.oneof({ weight: 2, arbitrary: text }, anything),
    callbackHost: anything,
    callbackBodyType: fc.oneof(fc.constantFrom('application/json', 'application/x-www-form-urlencoded'), anything),
    callbackSNI: fc.oneof(fc.boolean(), anything),
    signatureVersion: fc.oneof(fc.constantFrom('1.0', '2.0'), anything),
    additionalHeaders: fc.oneof(fc.dictionary(fc.string(), anything), anything),
  },
  { requiredKeys: [] },
);

describe('lintCallback, on whatever there is', () => {
  it('reports whatever OSS refuses, with the code that OSS answers', () => {
    fc.assert(
      fc.property(members, (input) => {
        const base64 = toBase64(input);
        const decoded = decodeCallbackParam(base64);
        const refusals = lintCallback(base64).filter(({ effect }) => effect === 'refused');
        const codes = refusals.map(({ answer }) => answer.ec);
        expect(decoded.ok ? [] : [decoded.error.ec]).toSatisfy(([ec]) => ec === undefined || codes.includes(ec));
      }),
      { numRuns: 2000 },
    );
  });

  it('reports a refused callback-var, with the code that OSS answers', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.dictionary(fc.string(), anything).map(toBase64),
      fc.json().map((json) => toBase64(JSON.parse(json))),
    );
    fc.assert(
      fc.property(texts, (callbackVar) => {
        const decoded = decodeCallbackVar(callbackVar);
        const codes = lintCallback({}, { callbackVar, carrier: 'header' }).map(({ answer }) => answer.ec);
        expect(decoded.ok ? [] : [decoded.error.ec]).toSatisfy(([ec]) => ec === undefined || codes.includes(ec));
      }),
      { numRuns: 1000 },
    );
  });

  it.each(spellings.others.map(({ text: spelling, why }) => [why, spelling]))(
    'finds fault with Base64: %s',
    (_why, spelling) => {
      expect(lintCallback(spelling, { carrier: 'header' }).some(({ severity }) => severity === 'error')).toBe(true);
    },
  );

  const long = 16_000;
  const base = { callbackUrl: 'http://app.example.com', callbackBody: 'a' };
  const nested = (open: string, close: string): string => `{"callbackBody":${open.repeat(5000)}${close.repeat(5000)}}`;
  const throwing = {
    get callbackUrl(): string {
      throw new TypeError('no');
    },
  };
  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;

  it.each<[string, unknown]>([
    ['megabytes', 'A'.repeat(5_000_000)],
    ['open placeholders', { ...base, callbackBody: '${'.repeat(long / 2) }],
    ['open placeholders, the last one closed', { ...base, callbackBody: `${'${'.repeat(long / 2 - 100)}}` }],
    ['dollars', { ...base, callbackBody: '$('.repeat(long / 2) }],
    ['braces', { ...base, callbackBody: '{'.repeat(long) }],
    ['braces and blanks', { ...base, callbackBody: '{   '.repeat(long / 4) }],
    ['escapes', { ...base, callbackBody: '%24%7B'.repeat(long / 6) }],
    ['quotes', { ...base, callbackBody: '"'.repeat(long / 2), callbackBodyType: 'application/json' }],
    [
      'unknown variables',
      { ...base, callbackBody: Array.from({ length: 1500 }, (_, index) => `\${v${index}}`).join('') },
    ],
    ['fields', { ...base, callbackBody: 'a&'.repeat(long / 2) }],
    ['semicolons', { ...base, callbackUrl: ';'.repeat(long) }],
    ['URLs', { ...base, callbackUrl: 'a.io;'.repeat(long / 5) }],
    ['dots', { ...base, callbackUrl: 'a.'.repeat(long / 2) }],
    [
      'commas and blanks in JSON',
      { ...base, callbackBody: `{${',   '.repeat(long / 4)}`, callbackBodyType: 'application/json' },
    ],
    ['slashes', { ...base, callbackUrl: `http://a.io${'/'.repeat(long)}` }],
    ['commas and blanks', { ...base, callbackUrl: `a${', '.repeat(long / 2)}` }],
    ['a host of digits', { ...base, callbackUrl: `http://${'1.'.repeat(long / 2)}1` }],
    ['members', Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`callbackUr${index}`, 1]))],
    ['unescaped quotes', `{"callbackBody":"${'",  "callbackX":'.repeat(1000)}`],
    ['deep arrays', nested('[', ']')],
    ['deep objects', nested('{"a":', '}')],
    ['Base64 in Base64 in Base64', Buffer.from(Buffer.from(toBase64(base)).toString('base64')).toString('base64')],
    ['percent escapes', '%25'.repeat(long / 3)],
    ['NUL', '\0'],
    ['nothing', ''],
    ['null', null],
    ['a number', 5],
    ['a function', () => 5],
    ['a getter that throws', throwing],
    ['a cycle', cyclic],
    ['big integers', { callbackUrl: 5n }],
    ['a member called __proto__', '{"__proto__":{"callbackUrl":"http://a.io"},"callbackBody":"a"}'],
  ])('answers in time for %s', (_what, input) => {
    const startedAt = performance.now();
    const findings = lintCallback(input as object, { callbackVar: input as string });
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect(findings.length).toBeLessThan(60);
    expect(findings.every(({ problem, fix }) => problem.length < 600 && fix.length < 600)).toBe(true);
  });
});

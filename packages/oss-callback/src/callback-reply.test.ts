import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  CALLBACK_TIMEOUT_MS,
  type CallbackFailureDetails,
  type CallbackFailureReason,
  callbackFailure,
  callbackFailures,
} from './callback-failures.ts';
import { type CallbackReply, classifyCallbackReply } from './callback-reply.ts';

const MEBIBYTE = 1_048_576;

function reply(body: string | Uint8Array, change: Partial<CallbackReply> = {}): CallbackReply {
  const bytes = Buffer.from(body);
  return {
    status: 200,
    headers: { 'content-length': String(bytes.length), 'content-type': 'application/json' },
    body: bytes,
    ...change,
  };
}

const withLength = (contentLength: string | undefined, body = '{}'): CallbackReply =>
  reply(body, { headers: { 'content-length': contentLength } });

/** Replies, and what OSS tells the uploader about them. */
const provokedByReply: readonly (readonly [
  CallbackFailureReason,
  string,
  ec: string,
  message: string,
  CallbackReply,
])[] = [
  ['status', '201', '0007-00000203', 'Error status : 201.', reply('{}', { status: 201 })],
  ['status', 'no content', '0007-00000203', 'Error status : 204.', reply('', { status: 204 })],
  ['status', 'a redirect', '0007-00000203', 'Error status : 301.', reply('{}', { status: 301 })],
  ['status', 'a refusal', '0007-00000203', 'Error status : 400.', reply('{}', { status: 400 })],
  ['status', 'a gateway error', '0007-00000203', 'Error status : 502.', reply('{}', { status: 502 })],
  [
    'content-length-missing',
    'a chunked reply',
    '0007-00000203',
    'Error Status : 400.User server missing content-length.',
    reply('{}', { headers: { 'transfer-encoding': 'chunked' } }),
  ],
  ...['', 'abc', '-1', '+2', '2.0', '0x2', '2, 2', ' 2', '2e0'].map(
    (text) =>
      [
        'content-length-invalid',
        `Content-Length ${JSON.stringify(text)}`,
        '0007-00000203',
        'Error Status : 400.User server return invalid conent-length value.',
        withLength(text),
      ] as const,
  ),
  ...['3', '1', '0'].map(
    (text) =>
      [
        'content-length-invalid',
        `Content-Length ${text} for two bytes`,
        '0007-00000203',
        'Error Status : 400.User server return invalid conent-length value.',
        withLength(text),
      ] as const,
  ),
  ...[String(MEBIBYTE + 1), '9'.repeat(400)].map(
    (text) =>
      [
        'content-length-too-long',
        'Content-Length over 1 MB',
        '0007-00000203',
        'Error Status : 400.User server return too long content-length value.',
        withLength(text),
      ] as const,
  ),
  ...['', ' ', 'OK', '<html></html>', '{"a":}', "{'a':1}", '\uFEFF{}', '{} x', 'undefined', 'NaN'].map(
    (body) => ['not-json', body, '0007-00000205', 'Response body is not valid json format.', reply(body)] as const,
  ),
  [
    'not-json',
    'UTF-16',
    '0007-00000205',
    'Response body is not valid json format.',
    reply(Buffer.from('{}', 'utf16le')),
  ],
  [
    'not-json',
    'invalid UTF-8',
    '0007-00000205',
    'Response body is not valid json format.',
    reply(Buffer.from([0x22, 0xff, 0x22])),
  ],
  [
    'not-json',
    'no XML where XML was declared',
    '0007-00000205',
    'Response body is not valid json format.',
    reply('{}', { headers: { 'content-length': '2', 'content-type': 'application/xml' } }),
  ],
];

/** Without a reply, the sender says why. */
const provokedBySender: readonly (readonly [
  CallbackFailureReason,
  CallbackFailureDetails,
  ec: string,
  message: string,
])[] = [
  [
    'connection-refused',
    {},
    '0007-00000203',
    'Error status : -1.OSS can not connect to your callbackUrl, please check it.',
  ],
  [
    'timeout',
    { address: '8.8.8.8:9090' },
    '0007-00000202',
    'Error status : -1 8.8.8.8:9090 reply timeout, cost:5000ms, timeout:5000ms (err -4, errno115)',
  ],
  ['tls', {}, '0007-00000203', 'Error status : 502.'],
  ['dns', {}, '0007-00000203', 'Error status : 502.'],
  ['reset', {}, '0007-00000203', 'Error status : 502.'],
  ['image-info', {}, '0007-00000301', 'Get image info failed.'],
  ['too-many-requests', {}, '', 'Too many callback requests.'],
];

describe('classifyCallbackReply', () => {
  it.each(['{"Status":"OK"}', '[]', 'null', '5', '"text"', ' {"a":1}\r\n', '{"中":"\\u0000"}'])(
    'passes %s on byte for byte',
    (body) => {
      expect(classifyCallbackReply(reply(body))).toEqual({
        outcome: 'answered',
        body: Buffer.from(body),
        contentType: 'application/json',
      });
    },
  );

  it.each(provokedByReply)('fails with %s: %s', (reason, _what, ec, message, given) => {
    expect(classifyCallbackReply(given)).toEqual({ outcome: 'failed', reason, ec, message });
  });

  it('takes a body of exactly 1 MB', () => {
    const body = `"${'a'.repeat(MEBIBYTE - 2)}"`;
    expect(classifyCallbackReply(reply(body)).outcome).toBe('answered');
  });

  it('takes JSON whatever its declared type, and headers in any case', () => {
    const headers = { 'Content-Length': ['2'], 'Content-Type': 'text/html' };
    expect(classifyCallbackReply(reply('{}', { headers }))).toMatchObject({ contentType: 'application/json' });
  });

  it('takes XML that is declared as such', () => {
    const body = '<?xml version="1.0"?>\n<ok/>\n';
    const headers = { 'content-length': String(body.length), 'content-type': 'Application/XML; charset=utf-8' };
    expect(classifyCallbackReply(reply(body, { headers }))).toEqual({
      outcome: 'answered',
      body: Buffer.from(body),
      contentType: 'application/xml',
    });
  });

  it.each(['<', '<>', 'ok', '<ok/> tail', 'head <ok/>'])('does not take %s for XML', (body) => {
    const headers = { 'content-length': String(body.length), 'content-type': 'application/xml' };
    expect(classifyCallbackReply(reply(body, { headers }))).toMatchObject({ reason: 'not-json' });
  });

  it('judges without throwing whatever a server sends', () => {
    fc.assert(
      fc.property(fc.integer(), fc.dictionary(fc.string(), fc.string()), fc.uint8Array(), (status, headers, body) => {
        expect(['answered', 'failed']).toContain(classifyCallbackReply({ status, headers, body }).outcome);
      }),
    );
  });
});

describe('callbackFailure', () => {
  it.each(provokedBySender)('%s with %j', (reason, details, ec, message) => {
    expect(callbackFailure(reason, details)).toEqual({ outcome: 'failed', reason, ec, message });
  });

  it('names another time limit than that of OSS', () => {
    const failure = callbackFailure('timeout', { address: '127.0.0.1:80', timeoutMs: 200 });
    expect(failure.message).toContain('127.0.0.1:80 reply timeout, cost:200ms, timeout:200ms');
    expect(CALLBACK_TIMEOUT_MS).toBe(5000);
  });

  it('has no row that nothing provokes', () => {
    const provoked = [...provokedByReply, ...provokedBySender].map(([reason]) => reason);
    expect(new Set(provoked)).toEqual(new Set(Object.keys(callbackFailures)));
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { interpretUploadResponse } from './upload-response.ts';

const callbackFailed = `<?xml version="1.0" encoding="UTF-8"?>
<Error>
  <Code>CallbackFailed</Code>
  <Message>Error status : 301.</Message>
  <RequestId>5C3D9175B6FC201293AD4E3A</RequestId>
  <HostId>examplebucket.oss-cn-hangzhou.aliyuncs.com</HostId>
  <EC>0007-00000203</EC>
  <RecommendDoc>https://api.aliyun.com/troubleshoot?q=0007-00000203</RecommendDoc>
</Error>
`;
const headers = { 'X-Oss-Request-Id': 'HEADER', 'content-type': 'application/xml' };

describe('interpretUploadResponse', () => {
  it('delivers the answer of the callback server', () => {
    const response = { status: 200, headers, body: Buffer.from('{"id":"中","size":5}') };
    expect(interpretUploadResponse(response)).toEqual({
      outcome: 'delivered',
      answer: { id: '中', size: 5 },
      requestId: 'HEADER',
    });
  });

  it('tells a stored object from a delivered callback', () => {
    expect(interpretUploadResponse({ status: 203, headers, body: callbackFailed })).toEqual({
      outcome: 'stored-but-callback-failed',
      code: 'CallbackFailed',
      message: 'Error status : 301.',
      ec: '0007-00000203',
      requestId: '5C3D9175B6FC201293AD4E3A',
      status: 203,
    });
  });

  it('says that an object is stored even when nothing else can be read', () => {
    expect(interpretUploadResponse({ status: 203, headers: {}, body: '' })).toMatchObject({
      outcome: 'stored-but-callback-failed',
      code: 'UnreadableResponse',
      requestId: '',
    });
  });

  it('reports a refusal of OSS', () => {
    const body = Buffer.from(
      '<Error><Code>InvalidArgument</Code><Message>The &quot;callback&quot; &lt;x&gt; &amp;amp; &#20013;&#x6587;.</Message></Error>',
    );
    const response = { status: 400, headers: { 'x-oss-request-id': ['ONE'], 'x-oss-ec': '0007-00000003' }, body };
    expect(interpretUploadResponse(response)).toEqual({
      outcome: 'refused',
      code: 'InvalidArgument',
      message: 'The "callback" <x> &amp; 中文.',
      ec: '0007-00000003',
      requestId: 'ONE',
      status: 400,
    });
  });

  it.each([502, 302, 100, 0])('reports status %i without error XML as refused', (status) => {
    const response = { status, headers: {}, body: '<html><Code>x</Code></html>' };
    expect(interpretUploadResponse(response)).toEqual({
      outcome: 'refused',
      code: 'UnreadableResponse',
      message: `HTTP status ${status} without OSS's error XML.`,
      ec: '',
      requestId: '',
      status,
    });
  });

  it.each([
    [200, ''],
    [200, '<CompleteMultipartUploadResult></CompleteMultipartUploadResult>'],
    [201, '{"a":1}'],
    [204, ''],
    [299, ''],
  ])('does not take status %i with body %j for an answer', (status, body) => {
    expect(interpretUploadResponse({ status, headers, body })).toMatchObject({
      outcome: 'stored-but-callback-failed',
      code: 'CallbackAnswerMissing',
      status,
      requestId: 'HEADER',
    });
  });

  it.each(['&unknown;', '&#9999999;', '&#xFFFFFF;', '&', '&lt'])('leaves %s in a message as it is', (message) => {
    const body = `<Error><Code>X</Code><Message>${message}</Message></Error>`;
    expect(interpretUploadResponse({ status: 400, headers, body })).toMatchObject({ message });
  });

  it.each(['<Error><Code>X', '<Error>X</Code>', '<Code>X</Code>'])('does not read %s as an error of OSS', (body) => {
    expect(interpretUploadResponse({ status: 400, headers, body })).toMatchObject({ code: 'UnreadableResponse' });
  });

  it('takes what is cut off for absent', () => {
    const body = '<Error><Code>X</Code><Message>cut &#x10FFFF;</Message><EC>0007';
    expect(interpretUploadResponse({ status: 400, headers, body })).toMatchObject({
      code: 'X',
      message: 'cut \u{10FFFF}',
      ec: '',
    });
  });

  it('does not search a large page to the end', () => {
    const body = `<html>${' '.repeat(70_000)}${callbackFailed}`;
    expect(interpretUploadResponse({ status: 503, headers, body })).toMatchObject({ code: 'UnreadableResponse' });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.integer(), fc.dictionary(fc.string(), fc.string()), fc.uint8Array(), (status, given, body) => {
        expect(typeof interpretUploadResponse({ status, headers: given, body }).outcome).toBe('string');
      }),
    );
  });
});

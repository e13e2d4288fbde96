import { describe, expect, it } from 'vitest';
import { errorResponse } from './error-response.ts';
import { OssError } from '../oss-error.ts';

const request = { requestId: '6B05D9BB93C8C47F8CDC0439', hostName: 'localhost', method: 'HEAD' };

/** As a signature that does not hold is refused, of a request with a header of that length. */
function mismatch(headerBytes: number): string {
  const text = 'x'.repeat(headerBytes);
  const members = { OSSAccessKeyId: 'id', StringToSign: text, StringToSignBytes: '78 '.repeat(headerBytes) };
  const { headers } = errorResponse(new OssError('SignatureDoesNotMatch', members), request);
  return headers?.['x-oss-err'] ?? '';
}

describe('the error of an answer to HEAD', () => {
  it('is the whole XML in a header', () => {
    expect(Buffer.from(mismatch(100), 'base64').toString()).toContain(`<StringToSign>${'x'.repeat(100)}<`);
  });

  it('does not repeat the request where no client could read so long a header', () => {
    const header = mismatch(4000);
    expect(header.length).toBeLessThan(1024);
    const xml = Buffer.from(header, 'base64').toString();
    expect(xml).toContain('<Code>SignatureDoesNotMatch</Code>');
    expect(xml).toContain('<OSSAccessKeyId>id</OSSAccessKeyId>');
    expect(xml).not.toContain('StringToSign');
  });
});

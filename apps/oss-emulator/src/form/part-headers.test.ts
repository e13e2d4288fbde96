import { describe, expect, it } from 'vitest';
import { OssError } from '../oss-error.ts';
import { readPartHeaders } from './part-headers.ts';

const bytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const disposition = (text: string) => readPartHeaders([bytes(`Content-Disposition: ${text}`)]);

describe('readPartHeaders', () => {
  it.each([
    ['browsers', 'form-data; name="file"; filename="a b.jpg"', 'file', 'a b.jpg'],
    [
      'Chrome and Safari with quotes and line ends',
      'form-data; name="file"; filename="a%22b%0D%0A.jpg"',
      'file',
      'a%22b%0D%0A.jpg',
    ],
    ['older Firefox and curl with quotes', String.raw`form-data; name="file"; filename="a\"b.jpg"`, 'file', 'a"b.jpg'],
    [
      'a Windows path',
      String.raw`form-data; name="file"; filename="C:\dir\new.jpg"`,
      'file',
      String.raw`C:\dir\new.jpg`,
    ],
    ['a name that ends in a backslash', String.raw`form-data; name="file"; filename="dir\"`, 'file', 'dir\\'],
    ['raw UTF-8', 'form-data; name="x:用户"; filename="日出.jpg"', 'x:用户', '日出.jpg'],
    [
      '.NET, without quotes and with an extended name',
      `form-data; name=file; filename="=?utf-8?B?5pel?="; filename*=utf-8''%E6%97%A5.jpg`,
      'file',
      '日.jpg',
    ],
    ['older urllib3', `form-data; name="file"; filename*=utf-8''%E6%97%A5%20.jpg`, 'file', '日 .jpg'],
    ['mini programs without a file name', 'form-data; name="file"', 'file', undefined],
    ['odd spacing and case', 'Form-Data ;NAME = "file" ; FileName="" ;', 'file', ''],
    ['a semicolon in a name', 'form-data; name="file"; filename="a;name=b.jpg"', 'file', 'a;name=b.jpg'],
  ])('reads what %s send', (_who, text, name, fileName) => {
    expect(disposition(text)).toMatchObject({ name, fileName });
  });

  it('reads the type of the part, whatever else stands there', () => {
    const headers = readPartHeaders([
      'CONTENT-DISPOSITION: form-data; name="file"',
      'content-type:image/png',
      'Content-Transfer-Encoding: binary',
      'Content-Length: 5',
    ]);
    expect(headers.contentType).toBe('image/png');
  });

  it.each([
    ['no disposition', ['Content-Type: text/plain']],
    ['another disposition', ['Content-Disposition: attachment; name="file"']],
    ['no name', ['Content-Disposition: form-data; filename="a"']],
    ['an empty name', ['Content-Disposition: form-data; name=""']],
    ['two names', ['Content-Disposition: form-data; name="key"; name="file"']],
    ['a name without its closing quote', ['Content-Disposition: form-data; name="file']],
    ['text behind a quote', ['Content-Disposition: form-data; name="a"b']],
    [
      'a repeated header',
      ['Content-Disposition: form-data; name="key"', 'content-disposition: form-data; name="file"'],
    ],
    ['a continued line', ['Content-Disposition: form-data;', ' name="file"']],
    ['a line without colon', ['Content-Disposition: form-data; name="file"', 'nonsense']],
    ['a name that is no UTF-8', ['Content-Disposition: form-data; name="\u00FF"']],
    ['a null byte in a header name', ['Content-Disposition: form-data; name="file"', 'a\0b: c']],
  ])('calls a part with %s malformed', (_what, lines) => {
    expect(() => readPartHeaders(lines)).toThrow(
      expect.objectContaining({ name: 'OssError', code: 'MalformedPOSTRequest', ec: '0006-00000103' }),
    );
  });

  it('takes a name of 8 KB and no longer one', () => {
    expect(disposition(`form-data; name="${'n'.repeat(8192)}"`).name).toHaveLength(8192);
    expect(() => disposition(`form-data; name="${'n'.repeat(8193)}"`)).toThrow(OssError);
  });

  it('takes no longer for a hostile header than for any other', () => {
    const startedAt = performance.now();
    for (const hostile of [`name="${'\\"'.repeat(6000)}x`, `name=${' '.repeat(12_000)}"`, ';'.repeat(12_000)]) {
      expect(() => disposition(`form-data; ${hostile}`)).toThrow(OssError);
    }
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});

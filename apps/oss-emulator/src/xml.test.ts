import { describe, expect, it } from 'vitest';

import { escapeXmlText, xmlDocument } from './xml.ts';

describe('xmlDocument', () => {
  it('writes declaration, nested elements and indentation as the samples of OSS do', () => {
    const document = xmlDocument('ListBucketResult', [
      ['Name', 'examplebucket'],
      ['Prefix', ''],
      ['MaxKeys', 100],
      ['IsTruncated', false],
      [
        'Contents',
        [
          ['Key', 'fun/movie/001.avi'],
          ['LastModified', new Date('2012-02-24T08:43:07Z')],
          ['Size', 344_606n],
        ],
      ],
      ['Contents', [['Key', '<&>']]],
    ]);
    expect(document).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<ListBucketResult>',
        '  <Name>examplebucket</Name>',
        '  <Prefix></Prefix>',
        '  <MaxKeys>100</MaxKeys>',
        '  <IsTruncated>false</IsTruncated>',
        '  <Contents>',
        '    <Key>fun/movie/001.avi</Key>',
        '    <LastModified>2012-02-24T08:43:07.000Z</LastModified>',
        '    <Size>344606</Size>',
        '  </Contents>',
        '  <Contents>',
        '    <Key>&lt;&amp;&gt;</Key>',
        '  </Contents>',
        '</ListBucketResult>',
        '',
      ].join('\n'),
    );
  });

  it('leaves out an element whose content is undefined, and keeps an empty one', () => {
    const document = xmlDocument('Error', [
      ['EC', undefined],
      ['Buckets', []],
    ]);
    expect(document).toContain('<Error>\n  <Buckets></Buckets>\n</Error>');
  });

  it('writes a document element with nothing but text', () => {
    expect(xmlDocument('LocationConstraint', 'oss-cn-hangzhou')).toContain('<LocationConstraint>oss-cn-hangzhou</');
  });
});

describe('escapeXmlText', () => {
  it('escapes markup and quotes', () => {
    expect(escapeXmlText(`a<b>&"c"'d'`)).toBe(`a&lt;b&gt;&amp;&quot;c&quot;'d'`);
  });

  it('escapes what is already a reference once more', () => {
    expect(escapeXmlText('&lt;&#10;')).toBe('&amp;lt;&amp;#10;');
  });

  it('keeps tab and line feed, and writes a carriage return so that parsers keep it too', () => {
    expect(escapeXmlText('a\tb\r\nc')).toBe('a\tb&#13;\nc');
  });

  it('writes other control characters as references, so that keys can be told apart', () => {
    for (const code of [...Array(32).keys()].filter((value) => ![0, 9, 10, 13].includes(value))) {
      expect(escapeXmlText(`a${String.fromCharCode(code)}b`)).toBe(`a&#${code};b`);
    }
  });

  it('replaces what is no character', () => {
    for (const code of [0, 0xfffe, 0xffff, 0xd800, 0xdfff]) {
      expect(escapeXmlText(`a${String.fromCharCode(code)}b`)).toBe('a\uFFFDb');
    }
  });

  it('keeps Chinese, emoji and C1 controls as they are', () => {
    expect(escapeXmlText('图片/😀\u0085\u007F')).toBe('图片/😀\u0085\u007F');
  });
});

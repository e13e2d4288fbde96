import { describe, expect, it } from 'vitest';
import { childText, parseXml } from './parse-xml.ts';

describe('parseXml', () => {
  it('reads elements and text, and steps over declaration, comments, attributes and empty elements', () => {
    const node = parseXml(
      '<?xml version="1.0"?>\n<Delete xmlns="http://doc"><Quiet/><!-- <a> --- & --><Object><Key> a&lt;&#34;&#x4E2D;&amp;amp;</Key></Object></Delete>\n',
    );
    expect(node?.name).toBe('Delete');
    expect(node?.children.map(({ name }) => name)).toEqual(['Quiet', 'Object']);
    expect(node?.children[1]?.children[0]?.text).toBe(' a<"中&amp;');
    expect(node?.children[1] && childText(node.children[1], 'Key')).toBe('a<"中&amp;');
  });

  it('takes an ampersand that begins no name for itself', () => {
    expect(parseXml('<a>http://a.com/?b & &&…&</a>')?.text).toBe('http://a.com/?b & &&…&');
  });

  it.each([
    '',
    'text',
    '<a>',
    '</a>',
    '<a></b>',
    '<a/><b/>',
    '<a/>text',
    '<a>&undeclared;</a>',
    '<a>&amp</a>',
    '<a>&#38</a>',
    '<a>&#0;</a>',
    '<a>&#x110000;</a>',
    '<a',
    '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>',
    '<a><!-- </a>',
    '<a><!- --></a>',
    '<a><![CDATA[x]]></a>',
    `${'<a>'.repeat(11)}${'</a>'.repeat(11)}`,
  ])('refuses %j', (xml) => {
    expect(parseXml(xml)).toBeUndefined();
  });

  it.each([
    ['unclosed elements', '<a>'],
    ['unclosed brackets', '<a '],
    ['a long name', 'a'],
    ['references', '&#'],
    ['unclosed comments', '!--<'],
  ])('takes no longer for 2 MB of %s than a client may cost', (_what, piece) => {
    const startedAt = performance.now();
    expect(parseXml(`<${piece.repeat(2_000_000 / piece.length)}`)).toBeUndefined();
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});

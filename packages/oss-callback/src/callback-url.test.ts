import { describe, expect, it } from 'vitest';

import { parseCallbackUrl, splitCallbackUrls } from './callback-url.ts';

describe('parseCallbackUrl', () => {
  it('takes a URL apart', () => {
    expect(parseCallbackUrl('https://App.example.com:8443/oss/%E4%B8%AD?tenant=7&a=b?c')).toEqual({
      text: 'https://App.example.com:8443/oss/%E4%B8%AD?tenant=7&a=b?c',
      protocol: 'https:',
      hostname: 'App.example.com',
      port: 8443,
      host: 'App.example.com:8443',
      requestTarget: '/oss/%E4%B8%AD?tenant=7&a=b?c',
    });
  });

  it.each([
    ['http://oss-demo.aliyuncs.com:23450', 'http:', 'oss-demo.aliyuncs.com', 23_450, '/'],
    ['oss-demo.aliyuncs.com:23450', 'http:', 'oss-demo.aliyuncs.com', 23_450, '/'],
    ['110.75.82.106/mbaas/test', 'http:', '110.75.82.106', 80, '/mbaas/test'],
    ['www.baidu.com', 'http:', 'www.baidu.com', 80, '/'],
    ['HTTPS://example.com/a', 'https:', 'example.com', 443, '/a'],
    ['http://callback-server:3280/oss/callback', 'http:', 'callback-server', 3280, '/oss/callback'],
    ['http://localhost/x', 'http:', 'localhost', 80, '/x'],
    ['localhost:3280/x', 'http:', 'localhost', 3280, '/x'],
    ['http://example.com./x', 'http:', 'example.com.', 80, '/x'],
    ['http://h.example:1', 'http:', 'h.example', 1, '/'],
    ['http://h.example:65535', 'http:', 'h.example', 65_535, '/'],
    [`http://${'a'.repeat(253)}`, 'http:', 'a'.repeat(253), 80, '/'],
    ['http://oss_callback.internal/x', 'http:', 'oss_callback.internal', 80, '/x'],
  ])('reads %s', (text, protocol, hostname, port, requestTarget) => {
    expect(parseCallbackUrl(text)).toMatchObject({ protocol, hostname, port, requestTarget });
  });

  it.each([
    ['http://h.example/p?', '/p?'],
    ['http://h.example?a=1', '/?a=1'],
    ['http://h.example/a/../b//c/%2e%zz', '/a/../b//c/%2e%zz'],
    ['http://h.example/a?b=http://c/d?e', '/a?b=http://c/d?e'],
    ['h.example/a?b=http://c', '/a?b=http://c'],
  ])('keeps path and query of %s byte for byte', (text, requestTarget) => {
    expect(parseCallbackUrl(text)?.requestTarget).toBe(requestTarget);
  });

  it.each([
    'my',
    'my.com:test',
    'http://my..com/',
    'my:80',
    '',
    'http://',
    'http:///path',
    'http://h.example:',
    'http://h.example:0',
    'http://h.example:65536',
    'http://h.example:123456',
    'http://h.example:8o',
    'ftp://h.example/',
    'http//h.example',
    'http:h.example',
    '://h.example',
    'http://[::1]/',
    '[::1]:80/x',
    'http://user@h.example/',
    'http://user:pw@h.example/',
    'http://h.example\\@evil.example/',
    'http://h.example/中',
    'http://中.example/',
    'http://h.example/a b',
    ' http://h.example/',
    'http://h.example/\r\nx: y',
    'http://h.example/#top',
    'http://-h.example/',
    'http://.example/',
    `http://${'a'.repeat(254)}/`,
    '/path',
    '?query',
  ])('refuses %j', (text) => {
    expect(parseCallbackUrl(text)).toBeUndefined();
  });
});

describe('splitCallbackUrls', () => {
  it('separates at semicolons and drops empty pieces', () => {
    expect(splitCallbackUrls('a.com;b.com/x?y;;c.com;')).toEqual(['a.com', 'b.com/x?y', 'c.com']);
  });
});

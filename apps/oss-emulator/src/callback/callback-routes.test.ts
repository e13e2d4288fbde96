import { describe, expect, it } from 'vitest';
import { findCallbackRoute, parseCallbackRoute } from './callback-routes.ts';

describe('callback routes', () => {
  it.each([
    ['http://oss-demo.aliyuncs.com:23450=http://127.0.0.1:3280', 'http://oss-demo.aliyuncs.com:23450', 3280],
    ['oss-demo.aliyuncs.com:23450=localhost:3280/', 'http://oss-demo.aliyuncs.com:23450', 3280],
    ['HTTPS://App.Example.com=http://app', 'https://app.example.com:443', 80],
  ])('reads %s', (text, from, port) => {
    expect(parseCallbackRoute(text)).toMatchObject({ from, to: { port } });
  });

  it.each(['', 'a', 'a=', '=b', 'a=b=c', 'ftp://a=b', 'a=http://b/path', 'a:0=b', 'a=b:70000', 'a b=c'])(
    'refuses %j',
    (text) => {
      expect(parseCallbackRoute(text)).toBeUndefined();
    },
  );

  it('are chosen by scheme, host and port, whatever the case of the host', () => {
    const routes = [parseCallbackRoute('https://app.example.com=localhost:1')!];
    const find = (protocol: 'http:' | 'https:', hostname: string, port: number) =>
      findCallbackRoute(routes, { protocol, hostname, port })?.port;
    expect(find('https:', 'APP.example.com', 443)).toBe(1);
    expect(find('http:', 'app.example.com', 443)).toBeUndefined();
    expect(find('https:', 'app.example.com', 8443)).toBeUndefined();
  });
});

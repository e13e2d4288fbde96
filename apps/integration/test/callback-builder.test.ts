import { createRequire } from 'node:module';
import {
  buildCallback,
  type CallbackSpecification,
  customVariable,
  decodeCallbackParam,
  decodeCallbackVar,
  formBody,
  jsonBody,
  systemVariable,
} from '@oss-callback/oss-callback';
import { describe, expect, it } from 'vitest';

/** What ali-oss calls before it sends an upload; not part of its typed surface. */
const { encodeCallback } = createRequire(import.meta.url)('ali-oss/lib/common/callback.js') as {
  encodeCallback: (request: { headers: Record<string, string> }, options: { callback: object }) => void;
};

const body = jsonBody({ object: systemVariable('object'), size: systemVariable('size'), price: '5 $ {object}' });
const withVariables = formBody({
  object: systemVariable('object'),
  size: systemVariable('size'),
  title: customVariable('title', '落日 & "${object}"'),
});

describe('the aliOss option of a built callback', () => {
  it.each<[string, CallbackSpecification]>([
    ['an https URL', { url: 'https://app.example.com/oss/callback', body }],
    ['a percent-encoded URL', { url: 'http://app.example.com/%E4%B8%AD%20x?a=%25&b=%E5%80%BC', body }],
    ['several URLs', { urls: ['http://a.example.com', 'http://b.example.com/x?y=z'], body: withVariables }],
    ['custom variables', { url: 'http://a.example.com/x', body: withVariables }],
    ['a host', { url: 'http://a.example.com/x', host: 'b.example.com', body }],
  ])('comes out of ali-oss as it was built: %s', (_what, specification) => {
    const built = buildCallback(specification);
    const request: { headers: Record<string, string> } = { headers: {} };
    encodeCallback(request, { callback: built.aliOss() });
    const { 'x-oss-callback': callback = '', 'x-oss-callback-var': callbackVar = '' } = request.headers;
    expect(decodeCallbackParam(callback)).toEqual(decodeCallbackParam(built.callback));
    expect(decodeCallbackVar(callbackVar)).toEqual(decodeCallbackVar(built.callbackVar ?? ''));
  });

  it.each(['http://a.example.com/x%2Fy', 'http://a.example.com/%e4%b8%ad', 'http://a.example.com/%FF'])(
    'is refused for %s, which ali-oss would encode again',
    (url) => {
      const built = buildCallback({ url, body });
      expect(() => built.aliOss()).toThrow(expect.objectContaining({ rule: 'url-not-for-ali-oss' }));
    },
  );
});

import { describe, expect, it } from 'vitest';

import { CallbackParamError } from '../callback-param-error.ts';
import { type CallbackSpecification, buildCallback } from './build-callback.ts';
import { customVariable } from './custom-variable.ts';
import { formBody } from './form-body.ts';
import { systemVariable } from './system-variable.ts';

const upload = { object: systemVariable('object'), size: systemVariable('size') };
const aliOss = (specification: Partial<CallbackSpecification>) =>
  buildCallback({ url: 'http://a.io', body: formBody(upload), ...specification } as CallbackSpecification).aliOss();

describe('the aliOss option', () => {
  it('has no more members than it needs', () => {
    expect(aliOss({})).toEqual({
      url: 'http://a.io',
      body: 'object=${object}&size=${size}',
      contentType: 'application/x-www-form-urlencoded',
    });
  });

  it('carries host, SNI and custom variables, these without x:', () => {
    const body = formBody({ ...upload, uid: customVariable('uid', '42') });
    expect(aliOss({ url: 'https://a.io', host: 'b.io', body })).toMatchObject({
      host: 'b.io',
      callbackSNI: true,
      customValue: { uid: '42' },
    });
  });

  it('undoes the percent-encoding that ali-oss does, and refuses what that would change', () => {
    expect(aliOss({ url: 'http://a.io/%E4%B8%AD%20x?a=%25' }).url).toBe('http://a.io/中 x?a=%');
    for (const url of ['http://a.io/x%2Fy', 'http://a.io/%e4%b8%ad', 'http://a.io/%FF']) {
      expect(() => aliOss({ url })).toThrow(CallbackParamError);
    }
  });
});

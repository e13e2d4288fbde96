import { describe, expect, it } from 'vitest';

import { callbackVariables } from './callback-variables.ts';

describe('callbackVariables', () => {
  it('holds the system parameters of the Callback page, no other and none twice', () => {
    expect(callbackVariables.map(({ name }) => name).toSorted()).toEqual([
      'bucket',
      'clientIp',
      'contentMd5',
      'crc64',
      'etag',
      'imageInfo.format',
      'imageInfo.height',
      'imageInfo.width',
      'mimeType',
      'object',
      'operation',
      'reqId',
      'size',
      'vpcId',
    ]);
  });

  it.each(callbackVariables)('names a documentation page for $name', ({ doc }) => {
    expect(doc).toMatch(/^https:\/\/(?:www\.alibabacloud\.com|help\.aliyun\.com)\//);
  });
});

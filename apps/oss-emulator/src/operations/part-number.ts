import { OssError } from '../oss-error.ts';

const MAX_PART_NUMBER = 10_000;

/**
 * 1 to 10,000.
 * @throws {OssError} `InvalidArgument`; OSS: https://help.aliyun.com/en/oss/user-guide/0017-00000220
 */
export function readPartNumber(text: string | undefined): number {
  const partNumber = /^\d{1,9}$/.test(text ?? '') ? Number(text) : 0;
  if (partNumber < 1 || partNumber > MAX_PART_NUMBER) {
    throw new OssError(
      'InvalidArgument',
      { ArgumentName: 'PartNumber', ArgumentValue: text },
      { message: 'Part number must be an integer between 1 and 10000, inclusive.', ec: '0017-00000220' },
    );
  }
  return partNumber;
}

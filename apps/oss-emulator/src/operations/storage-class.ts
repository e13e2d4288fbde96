import { OssError } from '../oss-error.ts';

const STORAGE_CLASSES = ['Standard', 'IA', 'Archive', 'ColdArchive', 'DeepColdArchive'];

/**
 * @returns `undefined` when none is given
 * @throws {OssError} `InvalidArgument`
 */
export function readStorageClass(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (!STORAGE_CLASSES.includes(text)) {
    throw new OssError(
      'InvalidArgument',
      { ArgumentName: 'x-oss-storage-class', ArgumentValue: text },
      { message: 'The storage class is not supported.' },
    );
  }
  return text;
}

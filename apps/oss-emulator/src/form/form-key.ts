import { validObjectKey } from '../object-key.ts';
import { OssError } from '../oss-error.ts';

/** Texts: OSS, *Errors of PostObject*; for an empty one that of PutObject. */
const MISSING_KEY =
  "The bucket POST must contain the specified 'key'. If it is specified, please check the order of the fields";

/**
 * The key that a form gives its object: `${filename}` stands for the name of the file, without the directories that some
 * browsers put before it (assumed; S3 documents it so).
 *
 * @param key field `key`
 * @throws {OssError} `InvalidArgument` when there is none before the file, `InvalidObjectName`
 */
export function readFormKey(key: string | undefined, fileName: string | undefined): string {
  if (key === undefined) throw new OssError('InvalidArgument', { ArgumentName: 'key' }, { message: MISSING_KEY });
  const name = fileName?.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1) ?? '';
  const expanded = key.replaceAll('${filename}', () => name);
  if (expanded === '') {
    throw new OssError('InvalidObjectName', {}, { message: 'The Object name can not be empty.' });
  }
  return validObjectKey(expanded);
}

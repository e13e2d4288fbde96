import { OssError } from '../oss-error.ts';
import { NULL_VERSION_ID } from '../store/version-id.ts';

/** What ids of OSS look like, those of other services too; whether there is such a version is another question. */
const WELL_FORMED = /^CAE[\w.+/=-]{17,125}$/;

/**
 * The parameter `versionId`.
 * @returns `undefined` for the current version
 * @throws {OssError} `InvalidArgument`
 */
export function readVersionId(parameters: ReadonlyMap<string, string>): string | undefined {
  const versionId = parameters.get('versionId');
  if (versionId !== undefined) requireVersionId(versionId, 'versionId');
  return versionId;
}

/** @param argumentName where it comes from, for the message. @throws {OssError} `InvalidArgument` */
export function requireVersionId(versionId: string, argumentName: string): void {
  const refuse = (message: string): OssError =>
    new OssError('InvalidArgument', { ArgumentName: argumentName, ArgumentValue: versionId }, { message });
  if (versionId === '') throw refuse('Version id can not be the empty string.');
  if (versionId !== NULL_VERSION_ID && !WELL_FORMED.test(versionId)) throw refuse('Invalid version id specified.');
}

import { OssError } from '../oss-error.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import type { ObjectAcl } from '../store/object-attributes.ts';

const OBJECT_ACLS: readonly string[] = ['default', 'private', 'public-read', 'public-read-write'] satisfies ObjectAcl[];

/**
 * The header `x-oss-object-acl`.
 * @returns `undefined` for the bucket's ACL, given as `default` or not at all
 * @throws {OssError} `InvalidArgument`
 */
export function readObjectAcl(headers: RequestHeaders): Exclude<ObjectAcl, 'default'> | undefined {
  const acl = headers['x-oss-object-acl'];
  // The Java SDK sends an empty one for none (UploadFileTest, testAcl).
  if (acl === undefined || acl === '' || acl === 'default') return undefined;
  if (!isObjectAcl(acl)) {
    throw new OssError(
      'InvalidArgument',
      { ArgumentName: 'x-oss-object-acl', ArgumentValue: acl },
      { message: 'no such object access control exists' },
    );
  }
  return acl === 'default' ? undefined : acl;
}

function isObjectAcl(text: string): text is ObjectAcl {
  return OBJECT_ACLS.includes(text);
}

import type { OperationCall } from '../operation.ts';
import type { StoredObject } from '../store/object-store.ts';

/** Followed by the name of a tag. */
export const EXISTING_OBJECT_TAG = 'oss:existingobjecttag/';

/**
 * What a policy's conditions can ask about a request, by key in lower case.
 *
 * https://www.alibabacloud.com/help/en/oss/user-guide/authorization-syntax-and-elements; keys about things that the
 * emulator does not have (VPC) or does not look at (bucket tags) have no value. It speaks HTTP, so `acs:SecureTransport`
 * is false.
 *
 * @param object that is there, when a policy asks for its tags
 */
export function conditionContext(
  { request, operation, caller }: OperationCall,
  object: StoredObject | undefined,
): ReadonlyMap<string, string> {
  const { headers, parameters, clientIp, receivedAt } = request;
  const context = new Map([
    ['acs:sourceip', clientIp],
    ['acs:currenttime', receivedAt.toISOString()],
    ['acs:securetransport', 'false'],
    ['acs:mfapresent', 'false'],
  ]);
  if (headers['user-agent'] !== undefined) context.set('acs:useragent', headers['user-agent']);
  if (caller.kind !== 'anonymous') context.set('acs:accessid', caller.accessKeyId);
  if (operation.resource === 'bucket' && operation.method === 'GET') {
    // A list without a prefix has the empty one: policies that allow the root say `"oss:Prefix": [""]`.
    context.set('oss:prefix', parameters.get('prefix') ?? '');
    context.set('oss:delimiter', parameters.get('delimiter') ?? '');
    if (parameters.has('max-keys')) context.set('oss:maxkeys', parameters.get('max-keys') ?? '');
  }
  for (const [name, value] of new URLSearchParams(headers['x-oss-tagging'] ?? '')) {
    context.set(`oss:requestobjecttag/${name.toLowerCase()}`, value);
  }
  for (const [name, value] of object?.tags ?? []) context.set(`${EXISTING_OBJECT_TAG}${name.toLowerCase()}`, value);
  return context;
}

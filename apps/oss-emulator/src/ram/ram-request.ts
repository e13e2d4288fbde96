import type { OperationCall } from '../operation.ts';
import type { StoredObject } from '../store/object-store.ts';
import { conditionContext } from './condition-context.ts';
import type { RamRequest } from './evaluate-ram-policy.ts';
import type { RequiredPermission } from './required-permissions.ts';

/**
 * A right that a call needs, as policies judge it.
 * @param object that is there, when a policy asks for its tags
 */
export function ramRequest(
  call: OperationCall,
  { action, bucket, key }: RequiredPermission,
  object: StoredObject | undefined,
): RamRequest {
  const { region, account } = call.emulator;
  const name = bucket === '' ? '*' : key === '' ? bucket : `${bucket}/${key}`;
  const resource = { service: 'oss', region, accountId: account.id, name };
  return { action, resource, context: conditionContext(call, object) };
}

import type { StsCaller } from './authenticate-sts.ts';
import type { StsActionContext, StsAnswer } from './sts-action.ts';
import type { StsCall } from './sts-call.ts';
import { roleIdOf } from './sts-roles.ts';

/**
 * Whose credentials these are.
 *
 * https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-getcalleridentity
 */
export function getCallerIdentity(_call: StsCall, { session }: StsCaller, { account }: StsActionContext): StsAnswer {
  if (session === undefined) {
    return [
      ['IdentityType', 'Account'],
      ['AccountId', account.id],
      ['PrincipalId', account.id],
      ['UserId', account.id],
      ['Arn', `acs:ram::${account.id}:root`],
    ];
  }
  const roleId = roleIdOf(session.roleName);
  return [
    ['IdentityType', 'AssumedRoleUser'],
    ['AccountId', account.id],
    ['PrincipalId', `${roleId}:${session.sessionName}`],
    ['RoleId', roleId],
    ['Arn', `acs:ram::${account.id}:assumed-role/${session.roleName}/${session.sessionName}`],
  ];
}

import type { Caller } from '../operation.ts';

/** Names under which policies of a bucket know the caller. A session of a role is not the account that has the role (assumed). */
export function principalsOf(caller: Caller, accountId: string): readonly string[] {
  if (caller.kind === 'anonymous') return [];
  if (caller.kind === 'other-account') return [caller.accountId];
  if (caller.session === undefined) return [accountId];
  const { roleName, sessionName } = caller.session;
  return [`arn:sts::${accountId}:assumed-role/${roleName}/${sessionName}`];
}

import { assumeRole } from './assume-role.ts';
import { getCallerIdentity } from './get-caller-identity.ts';
import type { StsAction } from './sts-action.ts';

/** The actions of STS 2015-04-01 that need no identity provider. */
export const stsActions = {
  AssumeRole: assumeRole,
  GetCallerIdentity: getCallerIdentity,
} as const satisfies Record<string, StsAction>;

import type { Account } from '../emulator-context.ts';
import type { StsCaller } from './authenticate-sts.ts';
import type { StsCall } from './sts-call.ts';
import type { StsRoles } from './sts-roles.ts';
import type { StsSessions } from './sts-sessions.ts';

/** Members of the answer, in order; a list is an object of its own. */
export type StsAnswer = ReadonlyArray<readonly [name: string, content: string | StsAnswer]>;

/** What actions may use. */
export interface StsActionContext {
  readonly account: Account;
  readonly sessions: StsSessions;
  readonly roles: StsRoles;
}

export type StsAction = (call: StsCall, caller: StsCaller, context: StsActionContext) => StsAnswer;

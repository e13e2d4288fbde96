import { evaluateRamPolicy } from '../ram/evaluate-ram-policy.ts';
import { parseRamPolicy } from '../ram/parse-ram-policy.ts';
import type { StsCaller } from './authenticate-sts.ts';
import type { StsActionContext, StsAnswer } from './sts-action.ts';
import type { StsCall } from './sts-call.ts';
import { StsError } from './sts-error.ts';
import { roleIdOf } from './sts-roles.ts';

const ROLE_ARN = /^acs:ram::\d{1,20}:role\/([\w.@-]{1,64})$/;
/** 2 to 32 in the older documentation, 2 to 64 in the newer. */
const SESSION_NAME = /^[\w.@-]{2,64}$/;
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;
/** 1 to 1024 in the older documentation, 1 to 2048 in the newer. */
const MAX_POLICY_CHARACTERS = 2048;
const MIN_DURATION_SECONDS = 900;
const DEFAULT_DURATION_SECONDS = 3600;

/**
 * Temporary credentials that may do what the role may do, and of that only what `Policy` allows.
 *
 * https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole
 */
export function assumeRole(call: StsCall, caller: StsCaller, context: StsActionContext): StsAnswer {
  const roleArn = call.parameter('RoleArn');
  const sessionName = call.parameter('RoleSessionName');
  if (roleArn === undefined) throw new StsError('MissingRoleArn');
  if (sessionName === undefined) throw new StsError('MissingRoleSessionName');
  const roleName = ROLE_ARN.exec(roleArn)?.[1];
  if (roleName === undefined) throw new StsError('InvalidParameter.RoleArn');
  if (!SESSION_NAME.test(sessionName)) throw new StsError('InvalidParameter.RoleSessionName');
  const externalId = call.parameter('ExternalId');
  if (externalId !== undefined && !EXTERNAL_ID.test(externalId)) throw new StsError('InvalidParameter.ExternalId');
  const policy = readPolicy(call.parameter('Policy'));
  requireRight(caller, roleName, context);
  const role = context.roles.find(roleName);
  if (role === undefined) throw new StsError('EntityNotExist.Role');
  const durationSeconds = readDuration(call.parameter('DurationSeconds'), role.maxSessionSeconds);

  const expiresAt = new Date(Math.floor(call.receivedAt.getTime() / 1000 + durationSeconds) * 1000);
  const credentials = context.sessions.issue({ roleArn, roleName, sessionName, policy, expiresAt });
  return [
    [
      'AssumedRoleUser',
      [
        ['Arn', `${roleArn}/${sessionName}`],
        ['AssumedRoleId', `${roleIdOf(roleName)}:${sessionName}`],
      ],
    ],
    [
      'Credentials',
      [
        ['SecurityToken', credentials.securityToken],
        ['AccessKeyId', credentials.accessKeyId],
        ['AccessKeySecret', credentials.accessKeySecret],
        ['Expiration', `${expiresAt.toISOString().slice(0, 19)}Z`],
      ],
    ],
  ];
}

function readPolicy(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (text.length > MAX_POLICY_CHARACTERS) throw new StsError('InvalidParameter.PolicySize');
  const parsed = parseRamPolicy(text);
  if (!parsed.ok) throw new StsError('InvalidParameter.PolicyGrammar', { cause: parsed.rule });
  return text;
}

function readDuration(text: string | undefined, maxSeconds: number): number {
  if (text === undefined) return DEFAULT_DURATION_SECONDS;
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (seconds < MIN_DURATION_SECONDS || seconds > maxSeconds) {
    const message = `The Min/Max value of DurationSeconds is 15min/${maxSeconds / 3600}hr.`;
    throw new StsError('InvalidParameter.DurationSeconds', { message });
  }
  return seconds;
}

/** A session may assume a role when both its policy and its role allow `sts:AssumeRole`; the account's own key may. */
function requireRight({ session }: StsCaller, roleName: string, { account, roles }: StsActionContext): void {
  if (session === undefined) return;
  const resource = { service: 'ram', region: '', accountId: account.id, name: `role/${roleName}` };
  const request = { action: 'sts:AssumeRole', resource, context: new Map<string, string>() };
  const policies = [session.policy, roles.find(session.roleName)?.policy];
  const allowed = policies.every((policy) => policy === undefined || evaluateRamPolicy(policy, request) === 'allow');
  if (!allowed) throw new StsError('NoPermission');
}

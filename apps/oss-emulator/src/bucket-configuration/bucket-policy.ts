import { requireBucket } from '../authorize.ts';
import type { OperationHandler } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { xmlResponse } from '../oss-response.ts';
import { withSetting } from './bucket-setting.ts';
import { isPublicAccessBlocked } from './public-access-block.ts';
import { changeBucket, readConfigurationBody } from './stored-configuration.ts';

export const POLICY_SETTING = 'policy';

const MAX_POLICY_BYTES = 16 * 1024;
const MAX_STATEMENT_BYTES = 4095;

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

/** Kept and answered byte for byte. Source: putbucketpolicy and the pages of EC 0030-…. */
export const putBucketPolicy: OperationHandler = async (call) => {
  const record = await requireBucket(call.emulator.store, call.bucket);
  const policy = (await readConfigurationBody(call.request)).toString('utf8');
  const statements = readStatements(policy);
  if (statements.some(isPublic) && (await isPublicAccessBlocked(call.emulator.store, record))) {
    const message = 'Put public bucket policy is not allowed';
    throw new OssError('AccessDenied', { BucketName: call.bucket }, { message });
  }
  await changeBucket(call, (bucket) => withSetting(bucket, POLICY_SETTING, policy));
  return { status: 200 };
};

export const getBucketPolicy: OperationHandler = async (call) => {
  const record = await requireBucket(call.emulator.store, call.bucket);
  const policy = record.settings[POLICY_SETTING];
  if (policy === undefined) throw new OssError('NoSuchBucketPolicy', { BucketName: call.bucket });
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: Buffer.from(policy, 'utf8') };
};

/** Whether the policy lets everybody do something. */
export const getBucketPolicyStatus: OperationHandler = async (call) => {
  const record = await requireBucket(call.emulator.store, call.bucket);
  const policy = record.settings[POLICY_SETTING];
  const isOpen = policy !== undefined && readStatements(policy).some(isPublic);
  return xmlResponse('PolicyStatus', [['IsPublic', isOpen]]);
};

/** Everybody, on no condition; OSS also weighs conditions such as an address range, which the emulator takes for a limit. */
function isPublic({ Effect, Principal, Condition }: Statement): boolean {
  const principals = Array.isArray(Principal) ? Principal : [Principal];
  return Effect === 'Allow' && principals.includes('*') && Condition === undefined;
}

/** @throws {OssError} `InvalidPolicyDocument` */
function readStatements(text: string): readonly Statement[] {
  if (Buffer.byteLength(text) > MAX_POLICY_BYTES)
    throw invalid('The policy must not be larger than 16 KB.', '0030-00000001');
  const policy = parseJson(text);
  if (!isRecord(policy)) throw invalid('The policy must be a JSON object.');
  const { Version: version, Statement: statements } = policy;
  if (typeof version !== 'string') throw invalid('Version must be a string.');
  if (version !== '1') throw invalid('Version must be "1".', '0030-00000002');
  if (!Array.isArray(statements) || statements.length === 0) throw invalid('Statement must be a list of statements.');
  return statements.map(readStatement);
}

function readStatement(statement: unknown): Statement {
  if (!isRecord(statement)) throw invalid('Every statement must be a JSON object.');
  const { Effect: effect, Action: action, Resource: resource } = statement;
  if (effect !== 'Allow' && effect !== 'Deny') throw invalid('Effect must be Allow or Deny.');
  if (!isTextOrTexts(action) || !isTextOrTexts(resource)) throw invalid('Action and Resource must be lists of text.');
  if (Buffer.byteLength(JSON.stringify(statement)) > MAX_STATEMENT_BYTES) {
    throw invalid('A statement must not be larger than 4095 bytes.', '0030-00000003');
  }
  return { ...statement, Effect: effect };
}

function isTextOrTexts(value: unknown): boolean {
  return typeof value === 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string'));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('The policy must be JSON.');
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(detail: string, ec = '0030-00000005'): OssError {
  return new OssError('InvalidPolicyDocument', { PolicyErrorDetail: detail }, { ec });
}

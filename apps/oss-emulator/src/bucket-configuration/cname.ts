import { randomBytes } from 'node:crypto';
import { requireBucket } from '../require-bucket.ts';
import type { OperationCall, OperationHandler } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';
import type { BucketRecord } from '../store/object-store.ts';
import { withSetting } from './bucket-setting.ts';
import { textAt } from './configuration-node.ts';
import { group, required, word } from './element-rules.ts';
import { readConfiguration } from './read-configuration.ts';
import { changeBucket, readConfigurationBody } from './stored-configuration.ts';

/** What the owner of a domain name is to put into the TXT record `_dnsauth.DOMAIN`. */
interface CnameToken {
  readonly domain: string;
  readonly token: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

const SETTING = 'cnameTokens';
/** Source: createcnametoken. */
const VALID_MS = 72 * 3600 * 1000;
const MAX_TOKENS = 100;
const DOMAIN = /^(?=.{1,253}$)(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i;

/** While a token is valid, the same one is answered again. */
export const createCnameToken: OperationHandler = async (call) => {
  await requireBucket(call.emulator.store, call.bucket);
  const domain = await readDomain(call);
  const now = call.emulator.now();
  const token = randomBytes(16).toString('hex');
  const created = { domain, token, expiresAt: new Date(now.getTime() + VALID_MS).toISOString() };
  const changed = await changeBucket(call, (bucket) => {
    const tokens = validTokens(bucket, now);
    if (tokens.some((present) => present.domain === domain)) return bucket;
    return withSetting(bucket, SETTING, JSON.stringify([...tokens, created].slice(-MAX_TOKENS)));
  });
  return tokenResponse(changed, domain, now);
};

export const getCnameToken: OperationHandler = async ({ request, bucket, emulator }) => {
  const record = await requireBucket(emulator.store, bucket);
  return tokenResponse(record, request.parameters.get('cname') ?? '', emulator.now());
};

/** Nobody's TXT record is looked up: as OSS has it for a domain without one, the name is not bound. */
export const putCname: OperationHandler = async (call) => {
  await requireBucket(call.emulator.store, call.bucket);
  const domain = await readDomain(call);
  throw new OssError('NeedVerifyDomainOwnership', { BucketName: call.bucket, Cname: domain });
};

/** Always empty: own domain names cannot be bound to a bucket of the emulator. */
export const listCname: OperationHandler = async ({ bucket, emulator }) => {
  await requireBucket(emulator.store, bucket);
  return xmlResponse('ListCnameResult', [
    ['Bucket', bucket],
    ['Owner', emulator.account.id],
  ]);
};

/** What is not bound is deleted all the same: TestCname of the Go SDK v2, although the page has 404 for it. */
export const deleteCname: OperationHandler = async (call) => {
  await requireBucket(call.emulator.store, call.bucket);
  await readDomain(call);
  return { status: 200 };
};

/** @throws {OssError} `MalformedXML`, `InvalidArgument` */
async function readDomain({ request }: OperationCall): Promise<string> {
  const xml = (await readConfigurationBody(request)).toString('utf8');
  const content = { Cname: required(group({ Domain: required(word) })) };
  const domain = textAt(readConfiguration(xml, 'BucketCnameConfiguration', content), 'Cname', 'Domain') ?? '';
  if (DOMAIN.test(domain)) return domain;
  const members = { ArgumentName: 'Domain', ArgumentValue: domain };
  throw new OssError('InvalidArgument', members, { message: 'The domain name is not valid.' });
}

function validTokens(bucket: BucketRecord, now: Date): readonly CnameToken[] {
  const tokens = JSON.parse(bucket.settings[SETTING] ?? '[]') as CnameToken[];
  return tokens.filter(({ expiresAt }) => Date.parse(expiresAt) > now.getTime());
}

/** @throws {OssError} `CnameTokenNotFound` */
function tokenResponse(bucket: BucketRecord, domain: string, now: Date): OssResponse {
  const found = validTokens(bucket, now).find((token) => token.domain === domain);
  if (found === undefined) throw new OssError('CnameTokenNotFound', { Bucket: bucket.name, Cname: domain });
  return xmlResponse('CnameToken', [
    ['Bucket', bucket.name],
    ['Cname', domain],
    ['Token', found.token],
    ['ExpireTime', new Date(found.expiresAt).toUTCString()],
  ]);
}

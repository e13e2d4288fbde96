import { randomBytes } from 'node:crypto';
import { requireBucket } from '../require-bucket.ts';
import type { OperationCall, OperationHandler } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { BucketRecord } from '../store/object-store.ts';
import { withSetting } from './bucket-setting.ts';
import { textAt } from './configuration-node.ts';
import { required, wholeNumber } from './element-rules.ts';
import { hasObjectWorm } from './has-object-worm.ts';
import { readConfiguration } from './read-configuration.ts';
import { changeBucket, readConfigurationBody } from './stored-configuration.ts';

/** A retention policy; the emulator keeps it and protects nothing by it. */
interface Worm {
  readonly id: string;
  readonly state: 'InProgress' | 'Locked';
  readonly days: number;
  readonly createdAt: string;
}

const SETTING = 'worm';
const MAX_DAYS = 25_550;
/** What is not locked within a day ends by itself (initiatebucketworm). */
const IN_PROGRESS_MS = 24 * 3600 * 1000;

export const initiateBucketWorm: OperationHandler = async (call) => {
  await requireBucket(call.emulator.store, call.bucket);
  const days = await readDays(call, 'InitiateWormConfiguration');
  const now = call.emulator.now();
  const id = randomBytes(10).toString('hex').toUpperCase();
  await changeBucket(call, (bucket) => {
    if (hasObjectWorm(bucket)) {
      throw new OssError('InvalidRequest', {}, { message: 'The bucket has object-level retention.' });
    }
    if (wormOf(bucket, now) !== undefined) {
      throw new OssError('WORMConfigurationAlreadyExists', { BucketName: bucket.name });
    }
    return withWorm(bucket, { id, state: 'InProgress', days, createdAt: now.toISOString() });
  });
  return { status: 200, headers: { 'x-oss-worm-id': id } };
};

export const getBucketWorm: OperationHandler = async (call) => {
  const record = await requireBucket(call.emulator.store, call.bucket);
  const { id, state, days, createdAt } = requireWorm(record, call);
  return xmlResponse('WormConfiguration', [
    ['WormId', id],
    ['State', state],
    ['RetentionPeriodInDays', days],
    // In UTC with its Z, though the samples have none: the Java SDK reads no other, and its BucketWormTest runs against OSS.
    ['CreationDate', createdAt],
  ]);
};

export const completeBucketWorm: OperationHandler = async (call) => {
  await changeBucket(call, (bucket) => withWorm(bucket, { ...requireNamedWorm(bucket, call), state: 'Locked' }));
  return { status: 200 };
};

export const extendBucketWorm: OperationHandler = async (call) => {
  await requireBucket(call.emulator.store, call.bucket);
  const days = await readDays(call, 'ExtendWormConfiguration');
  await changeBucket(call, (bucket) => {
    const worm = requireNamedWorm(bucket, call);
    if (worm.state !== 'Locked' || days < worm.days) throw new OssError('InvalidWORMConfiguration');
    return withWorm(bucket, { ...worm, days });
  });
  return { status: 200 };
};

export const abortBucketWorm: OperationHandler = async (call) => {
  await changeBucket(call, (bucket) => {
    if (wormOf(bucket, call.emulator.now())?.state === 'Locked') {
      throw new OssError('WORMConfigurationLocked', { BucketName: bucket.name });
    }
    return withSetting(bucket, SETTING, undefined);
  });
  return { status: 204 };
};

async function readDays({ request }: OperationCall, root: string): Promise<number> {
  const content = { RetentionPeriodInDays: required(wholeNumber(1, MAX_DAYS)) };
  const document = readConfiguration((await readConfigurationBody(request)).toString('utf8'), root, content);
  return Number(textAt(document, 'RetentionPeriodInDays'));
}

export function wormOf(bucket: BucketRecord, now: Date): Worm | undefined {
  const text = bucket.settings[SETTING];
  if (text === undefined) return undefined;
  const worm = JSON.parse(text) as Worm;
  const hasEnded = worm.state === 'InProgress' && now.getTime() - Date.parse(worm.createdAt) > IN_PROGRESS_MS;
  return hasEnded ? undefined : worm;
}

function withWorm(bucket: BucketRecord, worm: Worm): BucketRecord {
  return withSetting(bucket, SETTING, JSON.stringify(worm));
}

function requireWorm(bucket: BucketRecord, { emulator }: OperationCall): Worm {
  const worm = wormOf(bucket, emulator.now());
  if (worm === undefined) throw new OssError('NoSuchWORMConfiguration', { BucketName: bucket.name });
  return worm;
}

function requireNamedWorm(bucket: BucketRecord, call: OperationCall): Worm {
  const worm = requireWorm(bucket, call);
  if (worm.id === call.request.parameters.get('wormId')) return worm;
  const details = { message: 'The specified WORM ID does not exist.' };
  throw new OssError('NoSuchWORMConfiguration', { BucketName: bucket.name }, details);
}

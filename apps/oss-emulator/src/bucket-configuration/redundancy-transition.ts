import { randomUUID } from 'node:crypto';
import { requireBucket } from '../require-bucket.ts';
import { isBucketName } from '../bucket-name.ts';
import type { OperationHandler } from '../operation.ts';
import { redundancyType, withRedundancyType } from '../operations/data-redundancy.ts';
import { readLimit } from '../operations/list-parameters.ts';
import { OssError } from '../oss-error.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { BucketRecord } from '../store/object-store.ts';
import type { XmlElement } from '../xml.ts';
import { finishedAt, redundancyTask, withRedundancyTask } from './redundancy-task.ts';
import { changeBucket } from './stored-configuration.ts';

const LIST_ROOT = 'ListBucketDataRedundancyTransition';
const TASK_ROOT = 'BucketDataRedundancyTransition';
const MAX_KEYS = 100;
/** "The storage class of the bucket must be Standard, Infrequent Access (IA), or Archive." */
const CONVERTIBLE: readonly string[] = ['Standard', 'IA', 'Archive'];

/** Source of all five: the pages createbucketdataredundancytransition and its neighbours. */
export const createRedundancyTransition: OperationHandler = async (call) => {
  await requireBucket(call.emulator.store, call.bucket);
  const target = call.request.parameters.get('x-oss-target-redundancy-type') ?? '';
  if (target !== 'ZRS') {
    const members = { ArgumentName: 'x-oss-target-redundancy-type', ArgumentValue: target };
    throw new OssError('InvalidArgument', members, { message: 'The target redundancy type must be ZRS.' });
  }
  const now = call.emulator.now();
  const id = randomUUID().replaceAll('-', '');
  await changeBucket(call, (bucket) => {
    const members = { BucketName: bucket.name };
    if (redundancyType(bucket, now) === 'ZRS' || !CONVERTIBLE.includes(bucket.storageClass)) {
      throw new OssError('BucketDataRedundancyTransitionTaskNotSupport', members);
    }
    if (redundancyTask(bucket) !== undefined) {
      throw new OssError('BucketDataRedundancyTransitionTaskAlreadyExist', members);
    }
    return withRedundancyTask(bucket, { id, createdAt: now.toISOString() });
  });
  return xmlResponse(TASK_ROOT, [['TaskId', id]]);
};

export const getRedundancyTransition: OperationHandler = async ({ request, bucket, emulator }) => {
  const record = await requireBucket(emulator.store, bucket);
  requireTask(record, request.parameters.get('x-oss-redundancy-transition-taskid'));
  return xmlResponse(TASK_ROOT, taskElements(record, emulator.now()));
};

export const listRedundancyTransitions: OperationHandler = async ({ bucket, emulator }) => {
  const record = await requireBucket(emulator.store, bucket);
  return xmlResponse(LIST_ROOT, taskElement(record, emulator.now()));
};

/** Of the whole account, by bucket. */
export const listUserRedundancyTransitions: OperationHandler = async ({ request, emulator }) => {
  const maxKeys = readLimit(request.parameters, 'max-keys', { default: MAX_KEYS, max: MAX_KEYS });
  const after = request.parameters.get('continuation-token') ?? '';
  const buckets = (await emulator.store.listBuckets()).filter(
    (bucket) => isBucketName(bucket.name) && bucket.name > after && redundancyTask(bucket) !== undefined,
  );
  const page = buckets.slice(0, maxKeys);
  const isTruncated = page.length < buckets.length;
  return xmlResponse(LIST_ROOT, [
    ['IsTruncated', isTruncated],
    ['NextContinuationToken', isTruncated ? page.at(-1)?.name : ''],
    ...page.flatMap((bucket) => taskElement(bucket, emulator.now())),
  ]);
};

/** What is done stays done: the bucket of a finished task remains ZRS. */
export const deleteRedundancyTransition: OperationHandler = async (call) => {
  const now = call.emulator.now();
  await changeBucket(call, (bucket) => {
    requireTask(bucket, call.request.parameters.get('x-oss-redundancy-transition-taskid'));
    return withRedundancyTask(withRedundancyType(bucket, redundancyType(bucket, now)), undefined);
  });
  return { status: 204 };
};

function requireTask(bucket: BucketRecord, id: string | undefined): void {
  if (redundancyTask(bucket)?.id === id && id !== undefined) return;
  throw new OssError('BucketDataRedundancyTransitionTaskNotExist', { BucketName: bucket.name });
}

function taskElement(bucket: BucketRecord, now: Date): XmlElement[] {
  return redundancyTask(bucket) === undefined ? [] : [[TASK_ROOT, taskElements(bucket, now)]];
}

function taskElements(bucket: BucketRecord, now: Date): XmlElement[] {
  const task = redundancyTask(bucket);
  if (task === undefined) return [];
  const end = finishedAt(task, now);
  const created: XmlElement[] = [
    ['Bucket', bucket.name],
    ['TaskId', task.id],
    ['Status', end === undefined ? 'Queueing' : 'Finished'],
    ['CreateTime', new Date(task.createdAt)],
  ];
  if (end === undefined) return created;
  return [...created, ['StartTime', end], ['ProcessPercentage', 100], ['EstimatedRemainingTime', 0], ['EndTime', end]];
}

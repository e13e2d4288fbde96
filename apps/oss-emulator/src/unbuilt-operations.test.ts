import { describe, expect, it } from 'vitest';
import { goSdkOperations } from '../test/go-sdk-operations.ts';
import { buildOperationTable, findOperation } from './operation-table.ts';
import type { OperationRequest } from './operation-table.ts';
import { operations } from './operations.ts';

const table = buildOperationTable(operations);

/** What the Go SDK calls otherwise than the table. */
const OUR_NAMES: Readonly<Record<string, string>> = {
  ListBuckets: 'GetService',
  PutBucketRtc: 'PutBucketRTC',
  /** Of POST `?x-oss-process` only this is built; what it is for the body says. */
  ProcessObject: 'TriggerCallback',
};

const RESOURCES = { '/': 'service', '/b/': 'bucket', '/b/k': 'object' } as const;

function readRequest(method: string, target: string, header?: string): OperationRequest {
  const [path = '', query = ''] = target.split('?');
  const pairs = query === '' ? [] : query.split('&').map((pair) => pair.split('='));
  return {
    method,
    resource: RESOURCES[path as keyof typeof RESOURCES],
    parameters: new Map(pairs.map(([name = '', value = '']) => [name, value])),
    headers: header === undefined ? {} : { [header]: 'x' },
  };
}

/** The operation that answers, or the one that is refused as not built. */
function nameOf(request: OperationRequest): string {
  return findOperation(table, request).name;
}

describe('what OSS has', () => {
  const recorded = goSdkOperations.trim().split('\n');
  it.each(recorded.map((line) => line.split(' ') as [string, string, string, string?]))(
    '%s (%s %s) is built or refused by name',
    (name, method, target, header) => {
      expect(nameOf(readRequest(method, target, header))).toBe(OUR_NAMES[name] ?? name);
    },
  );

  // Operations of other SDKs: Java (OSSObjectOperation, OSSBucketOperation), Python (oss2/api.py), Go v1 (oss/client.go, bucket.go).
  it.each([
    ['PUT', '/b/k?live&status=disabled', 'PutLiveChannelStatus'],
    ['PUT', '/b/k?live', 'PutLiveChannel'],
    ['GET', '/b/k?live&comp=history', 'GetLiveChannelHistory'],
    ['POST', '/b/k?vod&startTime=1&endTime=2', 'PostVodPlaylist'],
    ['POST', '/b/k?x-oss-rename', 'RenameObject'],
    ['POST', '/b/k?x-oss-dir', 'CreateDirectory'],
    ['PUT', '/b/?processConfiguration', 'PutBucketProcess'],
    ['GET', '/?resourcePoolInfo&resourcePool=p', 'GetResourcePoolInfo'],
    ['DELETE', '/?requesterQosInfo&qosRequester=u&resourcePool=p', 'DeleteResourcePoolRequesterQoSInfo'],
  ])('%s %s is refused as %s', (method, target, name) => {
    expect(nameOf(readRequest(method, target))).toBe(name);
  });

  it.each([
    ['PUT', '/b/k?unknownFeature', 'PutObject'],
    ['PUT', '/b/?unknownFeature=1', 'PutBucket'],
    ['GET', '/b/k?status=1&versionId=v&v=2', 'GetObject'],
    ['GET', '/b/?unknownFeature', 'ListObjects'],
    ['GET', '/?tag-key=k', 'GetService'],
  ])('parameters that are nothing to OSS are ignored: %s %s is %s', (method, target, name) => {
    expect(nameOf(readRequest(method, target))).toBe(name);
  });
});

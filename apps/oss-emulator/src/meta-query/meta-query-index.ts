import { requireBucket } from '../require-bucket.ts';
import { withSetting } from '../bucket-configuration/bucket-setting.ts';
import { changeBucket } from '../bucket-configuration/stored-configuration.ts';
import type { OperationCall, OperationHandler } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { xmlResponse } from '../http/oss-response.ts';

/** Since when, in ISO 8601, the bucket can be queried. There is no index: a query looks at the objects themselves. */
const SETTING = 'metaQuery';

/** OpenMetaQuery. */
export const openMetaQuery: OperationHandler = async (call) => {
  refuseSemanticMode(call);
  const openedAt = call.emulator.now().toISOString();
  await changeBucket(call, (bucket) => {
    if (bucket.settings[SETTING] !== undefined) {
      throw new OssError('MetaQueryAlreadyExist', { BucketName: bucket.name });
    }
    return withSetting(bucket, SETTING, openedAt);
  });
  return { status: 200 };
};

/** GetMetaQueryStatus: what is stored can be found at once. */
export const getMetaQueryStatus: OperationHandler = async (call) => {
  const openedAt = await requireMetaQuery(call);
  return xmlResponse('MetaQueryStatus', [
    ['State', 'Running'],
    ['Phase', 'IncrementalScanning'],
    ['CreateTime', openedAt],
    ['UpdateTime', call.emulator.now().toISOString()],
    ['MetaQueryMode', 'basic'],
  ]);
};

/** CloseMetaQuery: of what is not open it is no error (assumed). */
export const closeMetaQuery: OperationHandler = async (call) => {
  await changeBucket(call, (bucket) => withSetting(bucket, SETTING, undefined));
  return { status: 200 };
};

/**
 * @returns when the bucket was opened for queries
 * @throws {OssError} `NoSuchBucket`, `MetaQueryNotExist`
 */
export async function requireMetaQuery({ bucket, emulator }: OperationCall): Promise<string> {
  const openedAt = (await requireBucket(emulator.store, bucket)).settings[SETTING];
  if (openedAt === undefined) throw new OssError('MetaQueryNotExist', { BucketName: bucket });
  return openedAt;
}

/** @throws {OssError} `NotImplemented`: what a picture shows is for a model to say */
export function refuseSemanticMode({ request, operation }: OperationCall): void {
  const mode = request.parameters.get('mode') ?? 'basic';
  if (mode === 'basic') return;
  if (mode !== 'semantic') {
    const members = { ArgumentName: 'mode', ArgumentValue: mode };
    throw new OssError('InvalidArgument', members, { message: 'mode must be basic or semantic.' });
  }
  const message = `${operation.name} in the mode semantic is not implemented by this emulator.`;
  throw new OssError('NotImplemented', {}, { message });
}

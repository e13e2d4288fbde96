import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { changeObject } from './change-object.ts';
import { restoreState } from './restore-state.ts';
import { withVersion } from './with-version.ts';

/** CleanRestoredObject: a restored object is an archived one again. */
export async function cleanRestoredObject(call: OperationCall): Promise<OssResponse> {
  const now = call.emulator.now();
  const cleaned = await changeObject(call, (object) => {
    switch (restoreState(object, now)) {
      case 'not-archived':
        throw new OssError('OperationNotSupported');
      case 'archived':
        throw new OssError('ArchiveRestoreFileStale');
      case 'restoring':
        throw new OssError('ArchiveRestoreNotFinished');
      case 'restored':
        return { restore: undefined };
    }
  });
  return withVersion({ status: 200 }, cleaned);
}

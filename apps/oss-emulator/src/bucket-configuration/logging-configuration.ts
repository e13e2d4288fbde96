import { OssError } from '../oss-error.ts';
import { descend, textAt } from './configuration-node.ts';
import { anyText, group, withFallback, word } from './element-rules.ts';
import { malformed } from './read-configuration.ts';
import type { StoredConfiguration } from './stored-configuration.ts';

const ROLE_NAME = /^[A-Za-z0-9.@_-]{1,64}$/;

/** Source: putbucketlogging and the pages of EC 0032-…. Without `LoggingEnabled` logging ends. */
export const loggingConfiguration: StoredConfiguration = {
  setting: 'logging',
  root: 'BucketLoggingStatus',
  content: {
    // The prefix is there in the answer, empty, when none was given (Java SDK, BucketLoggingTest).
    LoggingEnabled: group({ TargetBucket: word, TargetPrefix: withFallback(anyText, ''), LoggingRole: word }),
  },
  check: async (document, { emulator }) => {
    const enabled = descend(document, 'LoggingEnabled');
    if (enabled === undefined) return;
    const target = textAt(enabled, 'TargetBucket');
    if (target === undefined) throw malformed('LoggingEnabled must have TargetBucket.', '0032-00000002');
    if (target === '') throw malformed('TargetBucket must not be empty.', '0032-00000003');
    const role = textAt(enabled, 'LoggingRole');
    if (role !== undefined && !ROLE_NAME.test(role)) {
      throw new OssError('InvalidArgument', {}, { message: 'LoggingRole is invalid.', ec: '0032-00000014' });
    }
    if ((await emulator.store.getBucket(target)) === undefined) {
      throw new OssError('InvalidTargetBucketForLogging', { TargetBucket: target });
    }
  },
  absent: () => [],
};

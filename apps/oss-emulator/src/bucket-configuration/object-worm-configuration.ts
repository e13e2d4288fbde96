import { OssError } from '../oss-error.ts';
import type { ObjectRetention } from '../store/object-attributes.ts';
import type { BucketRecord } from '../store/object-store.ts';
import { bucketSetting } from './bucket-setting.ts';
import { childrenNamed, descend, textAt } from './configuration-node.ts';
import { group, oneOf, required, wholeNumber } from './element-rules.ts';
import { OBJECT_WORM_SETTING } from './has-object-worm.ts';
import { malformed } from './read-configuration.ts';
import type { StoredConfiguration } from './stored-configuration.ts';
import { takenForPutBucket } from './taken-for-put-bucket.ts';
import { wormOf } from './worm.ts';

const DAY_MS = 24 * 3600 * 1000;
/** 70 years, as for the policy of a whole bucket. */
const MAX_DAYS = 25_550;
const MAX_YEARS = 70;

/**
 * Source: putbucketobjectwormconfiguration. The page has COMPLIANCE only, TestBucketObjectWormConfiguration of the Go SDK v2
 * puts GOVERNANCE.
 */
export const objectWormConfiguration: StoredConfiguration = {
  setting: OBJECT_WORM_SETTING,
  root: 'ObjectWormConfiguration',
  content: {
    ObjectWormEnabled: required(oneOf('Enabled')),
    Rule: group({
      DefaultRetention: required(
        group({
          Mode: required(oneOf('COMPLIANCE', 'GOVERNANCE')),
          Days: wholeNumber(1, MAX_DAYS),
          Years: wholeNumber(1, MAX_YEARS),
        }),
      ),
    }),
  },
  check: (document, { record, emulator }) => {
    const retention = descend(document, 'Rule', 'DefaultRetention');
    const periods = [...childrenNamed(retention, 'Days'), ...childrenNamed(retention, 'Years')];
    if (retention !== undefined && periods.length !== 1) throw malformed('DefaultRetention must have Days or Years.');
    if (record.versioning !== 'Enabled') {
      throw new OssError('InvalidRequest', {}, { message: 'Object-level retention needs versioning.' });
    }
    if (wormOf(record, emulator.now()) !== undefined) {
      throw new OssError('InvalidRequest', {}, { message: 'The bucket has a retention policy of its own.' });
    }
  },
  absentBucket: takenForPutBucket,
  absent: ({ bucket }) => new OssError('NoSuchObjectWormConfiguration', { BucketName: bucket }),
};

/** What an upload gets that asks for no retention. */
export function defaultRetention(bucket: BucketRecord, uploadedAt: Date): ObjectRetention | undefined {
  const retention = descend(bucketSetting(bucket, OBJECT_WORM_SETTING), 'Rule', 'DefaultRetention');
  if (retention === undefined) return undefined;
  const until = new Date(uploadedAt.getTime() + Number(textAt(retention, 'Days') ?? 0) * DAY_MS);
  until.setUTCFullYear(until.getUTCFullYear() + Number(textAt(retention, 'Years') ?? 0));
  return { mode: textAt(retention, 'Mode') === 'GOVERNANCE' ? 'GOVERNANCE' : 'COMPLIANCE', until: until.toISOString() };
}

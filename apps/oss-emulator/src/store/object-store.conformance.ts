import { afterEach, beforeEach, describe } from 'vitest';

import type { BackendLimits } from './conformance/backend-limits.conformance.ts';
import { describeAttributes } from './conformance/attributes.conformance.ts';
import { describeBuckets } from './conformance/buckets.conformance.ts';
import { describeHeads } from './conformance/heads.conformance.ts';
import { describeKeys } from './conformance/keys.conformance.ts';
import { describeListing } from './conformance/listing.conformance.ts';
import { describeReading } from './conformance/reading.conformance.ts';
import { describeStaging } from './conformance/staging.conformance.ts';
import { StoreUnderTest } from './conformance/store-under-test.conformance.ts';
import { describeVersions } from './conformance/versions.conformance.ts';
import type { ObjectStore } from './object-store.ts';

export { MINIO_LIMITS } from './conformance/backend-limits.conformance.ts';
export type { BackendLimits } from './conformance/backend-limits.conformance.ts';

/**
 * What every object store must do. The test of a store calls it in three lines.
 *
 * @param createStore opens a store; the suite empties it before each test and closes it after
 * @param limits what the server behind the store is known not to do
 */
export function describeObjectStore(
  name: string,
  createStore: () => Promise<ObjectStore>,
  limits: BackendLimits = {},
): void {
  describe(`${name} conforms`, () => {
    const suite = new StoreUnderTest();

    beforeEach(async () => {
      await suite.open(createStore);
    });

    afterEach(async () => {
      await suite.store.close();
    });

    describeBuckets(suite);
    describeHeads(suite);
    describeAttributes(suite);
    describeStaging(suite);
    describeReading(suite);
    describeKeys(suite, limits);
    describeListing(suite);
    describeVersions(suite, limits);
  });
}

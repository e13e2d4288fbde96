import { afterEach, beforeEach, describe } from 'vitest';

import { describeBuckets } from './conformance/buckets.conformance.ts';
import { describeHeads } from './conformance/heads.conformance.ts';
import { describeKeys } from './conformance/keys.conformance.ts';
import { describeListing } from './conformance/listing.conformance.ts';
import { describeReading } from './conformance/reading.conformance.ts';
import { describeStaging } from './conformance/staging.conformance.ts';
import { StoreUnderTest } from './conformance/store-under-test.conformance.ts';
import type { ObjectStore } from './object-store.ts';

export interface ConformanceOptions {
  /** Keys out of `AWKWARD_KEYS` that the backing store cannot hold: the store must refuse them by a `StoreError`. */
  readonly refusedKeys?: readonly string[];
}

/**
 * What every object store must do. The test of a store calls it in three lines.
 *
 * @param createStore opens a store; the suite empties it before each test and closes it after
 */
export function describeObjectStore(
  name: string,
  createStore: () => Promise<ObjectStore>,
  { refusedKeys = [] }: ConformanceOptions = {},
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
    describeStaging(suite);
    describeReading(suite);
    describeKeys(suite, refusedKeys);
    describeListing(suite);
  });
}

import { SigningInputError } from '../signing-input-error.ts';

/** Blank, slash or upper case cannot be part of a region or product; both end up between slashes in the scope. */
const SCOPE_PART = /^[a-z0-9-]+$/;

/**
 * Refuses a region that OSS would refuse later with a mere "Invalid signing region".
 *
 * @throws {SigningInputError} unless it is a plain region ID: `cn-hangzhou`, not `oss-cn-hangzhou`, not an endpoint
 */
export function assertRegion(region: string): void {
  if (!SCOPE_PART.test(region) || region.startsWith('oss-')) {
    throw new SigningInputError('region', 'must be a plain region ID such as cn-hangzhou, without the prefix oss-');
  }
}

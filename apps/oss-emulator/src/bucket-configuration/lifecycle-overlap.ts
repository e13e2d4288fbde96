import { OssError } from '../oss-error.ts';
import { childrenNamed, descend, textAt } from './configuration-node.ts';
import type { ConfigurationNode } from './read-configuration.ts';

/** Whether a rule has tags or a filter beside its prefix: then overlapping prefixes need not mean the same objects. */
const NARROWED_BY = ['Tag', 'Filter'];

/**
 * Two rules that do the same to the same objects, as far as their prefixes tell (Go SDK, TestSetBucketLifecycleOverLap).
 * Goes through the prefixes in order, so that a thousand rules cost no million comparisons.
 * @throws {OssError} `InvalidArgument`; the code is assumed, the message is in oss2's tests
 */
export function checkLifecycleOverlap(rules: readonly ConfigurationNode[]): void {
  for (const action of ['Expiration', 'Transition', 'AbortMultipartUpload']) {
    const prefixes = rules
      .filter((rule) => descend(rule, action) !== undefined)
      .filter((rule) => NARROWED_BY.every((element) => childrenNamed(rule, element).length === 0))
      .map((rule) => textAt(rule, 'Prefix') ?? '')
      .toSorted();
    const overlapping = prefixes.find((prefix, index) => index > 0 && prefix.startsWith(prefixes[index - 1] ?? ''));
    if (overlapping !== undefined) {
      throw new OssError(
        'InvalidArgument',
        { ArgumentName: 'Prefix', ArgumentValue: overlapping },
        { message: `Overlap for same action type ${action}` },
      );
    }
  }
}

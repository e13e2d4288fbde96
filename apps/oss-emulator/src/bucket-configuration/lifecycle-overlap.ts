import { OssError } from '../oss-error.ts';
import { TRANSITION_CLASSES } from './check-lifecycle-rule.ts';
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
  const sorted = sortedByPrefix(rules);
  checkEqualPrefixes(sorted);
  for (const action of ['Expiration', 'Transition', 'AbortMultipartUpload']) {
    const prefixes = sorted.filter(({ rule }) => descend(rule, action) !== undefined).map(({ prefix }) => prefix);
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

/**
 * Rules that contradict each other about the objects of the longer prefix: there, as in one rule, colder means later, and
 * nothing comes after the expiration. No request may allow that (Go SDK v1, TestSetBucketLifecycleXml).
 *
 * Source: page of EC 0014-00000082; the code is assumed.
 */
export function checkLifecycleConflicts(rules: readonly ConfigurationNode[]): void {
  const around: Array<{ readonly prefix: string; readonly steps: readonly Step[] }> = [];
  for (const { rule, prefix } of sortedByPrefix(rules)) {
    while (around.length > 0 && !prefix.startsWith(around.at(-1)?.prefix ?? '')) around.pop();
    const steps = merged([...(around.at(-1)?.steps ?? []), ...stepsOf(rule)]);
    if (steps.some((step, index) => steps.slice(index + 1).some(({ first }) => step.last >= first))) {
      const message = `The rules for the prefix ${prefix} conflict with each other.`;
      throw new OssError('InvalidRequest', {}, { message, ec: '0014-00000082' });
    }
    around.push({ prefix, steps });
  }
}

/** When objects reach a storage class, or their end, by the first and the last rule that says so. */
interface Step {
  readonly rank: number;
  readonly first: number;
  readonly last: number;
}

function stepsOf(rule: ConfigurationNode): readonly Step[] {
  const transitions = childrenNamed(rule, 'Transition')
    .filter((transition) => textAt(transition, 'IsAccessTime') !== 'true')
    .map((transition) => ({
      rank: TRANSITION_CLASSES.indexOf(textAt(transition, 'StorageClass') ?? ''),
      days: textAt(transition, 'Days'),
    }));
  const end = { rank: TRANSITION_CLASSES.length, days: textAt(rule, 'Expiration', 'Days') };
  return [...transitions, end].flatMap(({ rank, days }) =>
    days === undefined ? [] : [{ rank, first: Number(days), last: Number(days) }],
  );
}

/** One step for each rank, so that nested prefixes do not add up; from warm to cold. */
function merged(steps: readonly Step[]): readonly Step[] {
  const byRank = Map.groupBy(steps, ({ rank }) => rank);
  return [...byRank]
    .map(([rank, same]) => ({
      rank,
      first: Math.min(...same.map(({ first }) => first)),
      last: Math.max(...same.map(({ last }) => last)),
    }))
    .toSorted((a, b) => a.rank - b.rank);
}

/** Source: what OSS answered in https://github.com/argoproj/argo-workflows/pull/12926, whatever the rules do. */
function checkEqualPrefixes(sorted: readonly RuleOfPrefix[]): void {
  if (sorted.some(({ prefix }, index) => prefix === sorted[index - 1]?.prefix)) {
    const message = 'Found same prefix in different rules';
    throw new OssError('InvalidRequest', {}, { message, ec: '0014-00000085' });
  }
}

interface RuleOfPrefix {
  readonly prefix: string;
  readonly rule: ConfigurationNode;
}

function sortedByPrefix(rules: readonly ConfigurationNode[]): readonly RuleOfPrefix[] {
  return rules
    .filter((rule) => NARROWED_BY.every((element) => childrenNamed(rule, element).length === 0))
    .map((rule) => ({ prefix: textAt(rule, 'Prefix') ?? '', rule }))
    .toSorted((a, b) => (a.prefix < b.prefix ? -1 : Number(a.prefix > b.prefix)));
}

import { OssError } from '../oss-error.ts';
import { childrenNamed, descend, textAt } from './configuration-node.ts';
import { malformed } from './read-configuration.ts';
import type { ConfigurationNode } from './read-configuration.ts';

const ACTIONS = [
  'Expiration',
  'Transition',
  'AbortMultipartUpload',
  'NoncurrentVersionExpiration',
  'NoncurrentVersionTransition',
] as const;

/** From warm to cold: an object goes this way only. */
export const TRANSITION_CLASSES: readonly string[] = ['IA', 'Archive', 'ColdArchive', 'DeepColdArchive'];

/** What OSS lets stand in a tag (page of EC 0010-00000217). */
const TAG_TEXT = /^[\p{L}\p{N} +\-=._:/]*$/u;

/** @throws {OssError} as the SDKs' tests expect: see each check */
export function checkLifecycleRule(rule: ConfigurationNode): void {
  if (!ACTIONS.some((action) => descend(rule, action) !== undefined)) {
    throw malformed(`Rule must have one of ${ACTIONS.join(', ')}.`);
  }
  const timed = ['Expiration', 'Transition', 'AbortMultipartUpload'].flatMap((action) => childrenNamed(rule, action));
  for (const action of timed) checkTime(action);
  checkTimeKinds([...childrenNamed(rule, 'Expiration'), ...childrenNamed(rule, 'Transition')]);
  checkOrder(childrenNamed(rule, 'Transition'), 'Days', textAt(rule, 'Expiration', 'Days'));
  checkOrder(
    childrenNamed(rule, 'NoncurrentVersionTransition'),
    'NoncurrentDays',
    textAt(rule, 'NoncurrentVersionExpiration', 'NoncurrentDays'),
  );
  if (descend(rule, 'Tag') !== undefined && descend(rule, 'AbortMultipartUpload') !== undefined) {
    throw invalid('Tag', 'Tag cannot be used with AbortMultipartUpload.');
  }
  checkTags(childrenNamed(rule, 'Tag'));
}

/** C++ SDK, LifecycleWithDuplicatedTagsTest and LifecycleWithUnsupportTagsTest. */
function checkTags(tags: readonly ConfigurationNode[]): void {
  const keys = tags.map((tag) => textAt(tag, 'Key') ?? '');
  if (new Set(keys).size < keys.length) throw malformed('Tag must not have the same Key twice.');
  for (const tag of tags) {
    const key = textAt(tag, 'Key') ?? '';
    if (key === '' || !TAG_TEXT.test(key)) throw malformed('Key of Tag has characters that OSS does not take.');
    if (!TAG_TEXT.test(textAt(tag, 'Value') ?? '')) {
      throw malformed('Value of Tag has characters that OSS does not take.');
    }
  }
}

/** Exactly one of days, date and, for an expiration, delete marker. */
function checkTime(action: ConfigurationNode): void {
  const marker = textAt(action, 'ExpiredObjectDeleteMarker');
  const times = ['Days', 'CreatedBeforeDate', 'Date'].filter((name) => textAt(action, name) !== undefined);
  if (times.length > 1) throw malformed(`${action.name} must not have both ${times.join(' and ')}.`, '0014-00000061');
  if (marker === 'true' && times.length > 0) {
    throw malformed(`${action.name} must not have ${times.join()} beside ExpiredObjectDeleteMarker.`);
  }
  if (marker !== 'true' && times.length === 0) throw malformed(`${action.name} must have Days or CreatedBeforeDate.`);
}

/** oss2, test_lifecycle_storage_transitions_mixed: an expiration by date beside a transition by days. */
function checkTimeKinds(actions: readonly ConfigurationNode[]): void {
  const byDays = actions.some((action) => textAt(action, 'Days') !== undefined);
  const byDate = actions.some(
    (action) => (textAt(action, 'CreatedBeforeDate') ?? textAt(action, 'Date')) !== undefined,
  );
  if (byDays && byDate) {
    throw new OssError(
      'InvalidRequest',
      {},
      { message: 'Found mixed Date and Days based actions in one lifecycle rule.' },
    );
  }
}

/** Colder means later, and nothing comes after the expiration (oss2, test_put_lifecycle_invalid_transitions; Java SDK). */
function checkOrder(transitions: readonly ConfigurationNode[], element: string, expiration: string | undefined): void {
  const steps = transitions.map((transition) => {
    const storageClass = textAt(transition, 'StorageClass') ?? '';
    const rank = TRANSITION_CLASSES.indexOf(storageClass);
    if (rank < 0) throw invalid('StorageClass', 'No such bucket storage class exists.', storageClass);
    return { rank, days: Number(textAt(transition, element) ?? Number.NaN) };
  });
  const ordered = steps.toSorted((a, b) => a.rank - b.rank);
  for (const [index, { rank, days }] of ordered.entries()) {
    const earlier = ordered[index - 1];
    if (earlier !== undefined && (earlier.rank === rank || earlier.days >= days)) {
      throw invalid(element, `${element} of a colder storage class must be larger.`, String(days));
    }
    if (expiration !== undefined && days >= Number(expiration)) {
      throw invalid(element, `${element} of a transition must be smaller than that of the expiration.`, String(days));
    }
  }
}

function invalid(name: string, message: string, value?: string): OssError {
  return new OssError('InvalidArgument', { ArgumentName: name, ArgumentValue: value }, { message });
}

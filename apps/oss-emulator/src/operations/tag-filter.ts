import type { BucketTag } from '../bucket-configuration/bucket-tagging.ts';
import { OssError } from '../oss-error.ts';

/**
 * Which buckets a list is about: `tag-key` with or without `tag-value`, or `tagging="k1":"v1","k2":"v2"`, all of which a
 * bucket must have (listbuckets; the second as ali-oss sends it). `tagging=k:v` is taken too (PHP SDK v2, testListBuckets).
 * @throws {OssError} `InvalidArgument`
 */
export function readTagFilter(parameters: ReadonlyMap<string, string>): (tags: readonly BucketTag[]) => boolean {
  const wanted = readTagging(parameters.get('tagging') ?? '');
  const key = parameters.get('tag-key') ?? '';
  const value = parameters.get('tag-value') ?? '';
  if (key === '' && value !== '') throw invalid('tag-key', key);
  return (tags) =>
    (key === '' || tags.some((tag) => tag.key === key && (value === '' || tag.value === value))) &&
    wanted.every((tag) => tags.some((other) => other.key === tag.key && other.value === tag.value));
}

function readTagging(text: string): BucketTag[] {
  if (text === '') return [];
  const pairs = [...text.matchAll(/(?:"([^"]*)":"([^"]*)"|([^",:]+):([^",:]*))(?:,|$)/g)];
  if (pairs.map(([pair]) => pair).join('') !== text) throw invalid('tagging', text);
  return pairs.map(([, quotedKey, quotedValue, key = '', value = '']) => ({
    key: quotedKey ?? key,
    value: quotedValue ?? value,
  }));
}

function invalid(name: string, value: string): OssError {
  return new OssError(
    'InvalidArgument',
    { ArgumentName: name, ArgumentValue: value },
    { message: 'The tag filter is invalid.' },
  );
}

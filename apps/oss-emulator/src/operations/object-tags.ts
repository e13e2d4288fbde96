import { OssError } from '../oss-error.ts';
import { parseXml } from '../parse-xml.ts';
import type { XmlNode } from '../parse-xml.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import type { ObjectTag } from '../store/object-attributes.ts';

/**
 * Limits of the page PutObjectTagging; the pages of the ECs count characters. Letters are those of any script (oss2,
 * test_copy_object_with_tagging).
 */
const MAX_TAGS = 10;
const MAX_KEY_CHARACTERS = 128;
const MAX_VALUE_CHARACTERS = 256;
const ALLOWED = /^[\p{L}\p{M}\p{N} +\-=._:/]*$/u;

const HEADER_RULE =
  "The header 'x-oss-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.";

/**
 * The header `x-oss-tagging`: `key1=value1&key2`, both percent-encoded.
 * @returns `undefined` for none
 * @throws {OssError} `InvalidArgument`, `InvalidTag`, `BadRequest`
 */
export function readTaggingHeader(headers: RequestHeaders): readonly ObjectTag[] | undefined {
  const text = headers['x-oss-tagging'];
  if (text === undefined || text === '') return undefined;
  const tags = text.split('&').map((pair): ObjectTag => {
    const [key = '', value = '', ...rest] = pair.split('=').map(decodeTagText);
    if (rest.length > 0) throw headerRefusal(text, '0010-00000219');
    return [key, value];
  });
  if (hasRepeatedKey(tags)) throw headerRefusal(text, '0010-00000217');
  const refusal = tagRefusal(tags);
  if (refusal !== undefined) throw refusal;
  return tags;
}

/**
 * The body of PutObjectTagging.
 * @returns `undefined` for an empty set
 * @throws {OssError} `MalformedXML`, `InvalidTag`, `BadRequest`
 */
export function readTaggingBody(xml: string): readonly ObjectTag[] | undefined {
  const document = parseXml(xml);
  const sets = document?.children.filter(({ name }) => name === 'TagSet') ?? [];
  const [set] = sets;
  if (document?.name !== 'Tagging' || set === undefined || sets.length > 1) throw new OssError('MalformedXML');
  const tags = set.children.map(readTag);
  const refusal = tagRefusal(tags);
  if (refusal !== undefined) throw refusal;
  return tags.length === 0 ? undefined : tags;
}

function readTag({ name, children }: XmlNode): ObjectTag {
  const key = children.find((child) => child.name === 'Key')?.text;
  if (name !== 'Tag' || key === undefined) throw new OssError('MalformedXML');
  // Not trimmed: blanks are allowed.
  return [key, children.find((child) => child.name === 'Value')?.text ?? ''];
}

/** EC: each of these cases has a page of its own, but for too many tags; that of a bad value is assumed. Texts: C++ SDK, ObjectTaggingTest. */
function tagRefusal(tags: readonly ObjectTag[]): OssError | undefined {
  const keys = tags.map(([key]) => key);
  const message = 'The TagKey you have provided is invalid.';
  if (keys.includes('')) return new OssError('InvalidTag', {}, { message, ec: '0010-00000208' });
  if (keys.some((key) => key.length > MAX_KEY_CHARACTERS)) {
    return new OssError('InvalidTag', {}, { message, ec: '0010-00000209' });
  }
  if (!keys.every((key) => ALLOWED.test(key))) {
    return new OssError('InvalidTag', {}, { message, ec: '0010-00000212' });
  }
  if (hasRepeatedKey(tags)) {
    return new OssError(
      'InvalidTag',
      {},
      { message: 'Cannot provide multiple Tags with the same key.', ec: '0010-00000210' },
    );
  }
  const wrong = tags.find(([, value]) => value.length > MAX_VALUE_CHARACTERS || !ALLOWED.test(value));
  if (wrong !== undefined) {
    return new OssError(
      'InvalidTag',
      { TagKey: wrong[0] },
      { message: 'The TagValue you have provided is invalid.', ec: '0010-00000217' },
    );
  }
  if (tags.length > MAX_TAGS) {
    return new OssError('BadRequest', {}, { message: `Object tags cannot be greater than ${MAX_TAGS}.` });
  }
  return undefined;
}

function hasRepeatedKey(tags: readonly ObjectTag[]): boolean {
  return new Set(tags.map(([key]) => key)).size < tags.length;
}

/** `+` is a blank, as in a query that a form made: SDKs encode with `quote`, `quote_plus` and `URLEncoder` alike. */
function decodeTagText(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw headerRefusal(text, '0010-00000219');
  }
}

function headerRefusal(value: string, ec: string): OssError {
  return new OssError(
    'InvalidArgument',
    { ArgumentName: 'x-oss-tagging', ArgumentValue: value },
    { message: HEADER_RULE, ec },
  );
}

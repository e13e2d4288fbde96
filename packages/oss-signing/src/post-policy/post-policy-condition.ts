/** A form field as a condition names it: `$key`, `$content-type`, `$x:user`, and `$bucket`, which is no field. */
export type PostPolicyField = `$${string}`;

/**
 * One condition of a policy, in the form of the document. Values are literal: what must begin with `\` for OSS is
 * escaped when the document is written.
 *
 * OSS: "Conditions" of *PostObject*, https://www.alibabacloud.com/help/en/oss/developer-reference/postobject;
 * `in` and `not-in`: Java SDK, PostPolicyTest.
 */
export type PostPolicyCondition =
  /** Exactly one member, `{ bucket: 'examplebucket' }`: the same as `eq`. */
  | Readonly<Record<string, string>>
  /** `eq`: the whole value. `starts-with`: its beginning; an empty one allows every value. */
  | readonly [match: 'eq' | 'starts-with', field: PostPolicyField, value: string]
  | readonly [match: 'in' | 'not-in', field: PostPolicyField, values: readonly string[]]
  /** Size of the file in bytes, both ends included. */
  | readonly [match: 'content-length-range', minBytes: number, maxBytes: number];

/** Whether a value can stand in a `content-length-range`: a whole number of bytes from 0 on. */
export function isByteCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** The field that a condition is about, in lower case; that of a size range is none. */
export function conditionField(condition: PostPolicyCondition): string {
  if (!isConditionList(condition)) {
    return (Object.keys(condition)[0] ?? '').toLowerCase();
  }
  return condition[0] === 'content-length-range' ? '' : condition[1].slice(1).toLowerCase();
}

/** Whether it is not the simple form. Array.isArray alone does not narrow readonly tuples. */
export function isConditionList(
  condition: PostPolicyCondition,
): condition is Extract<PostPolicyCondition, readonly unknown[]> {
  return Array.isArray(condition);
}

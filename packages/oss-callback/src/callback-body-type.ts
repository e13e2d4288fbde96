/** The two body types OSS knows. The type becomes the `Content-Type` of the callback and decides how values are written. */
export const callbackBodyTypes = ['application/x-www-form-urlencoded', 'application/json'] as const;

/**
 * `application/x-www-form-urlencoded` (OSS's default) or `application/json`.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/callback
 */
export type CallbackBodyType = (typeof callbackBodyTypes)[number];

/** True for exactly one of the two; OSS takes neither parameters such as `; charset=utf-8` nor another case. */
export function isCallbackBodyType(text: string): text is CallbackBodyType {
  return (callbackBodyTypes as readonly string[]).includes(text);
}

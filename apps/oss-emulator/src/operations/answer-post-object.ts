import { percentEncode } from '@oss-callback/oss-signing';
import type { FormValues } from '../form/form-values.ts';
import { XML_CONTENT_TYPE } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';
import type { NewObject } from '../store/object-store.ts';
import { xmlDocument } from '../xml.ts';

/**
 * What OSS answers to a form without a callback: a redirect when `success_action_redirect` says where to, or the status of
 * `success_action_status`: 200 and 204 without a body, 201 with XML, 204 for everything else (page *PostObject*).
 *
 * @param location URL of the new object
 */
export function answerPostObject(fields: FormValues, { bucket, key, etag }: NewObject, location: string): OssResponse {
  const redirect = redirectTarget(fields.get('success_action_redirect'));
  if (redirect !== undefined) {
    // Assumed, as S3 has it: the status, and what is put into the query.
    const facts = Object.entries({ bucket, key, etag: `"${etag}"` });
    const query = facts.map(([name, value]) => `${name}=${percentEncode(value)}`).join('&');
    redirect.search += redirect.search === '' ? query : `&${query}`;
    return { status: 303, headers: { Location: redirect.href } };
  }
  const status = fields.get('success_action_status');
  if (status === '200') return { status: 200 };
  if (status !== '201') return { status: 204 };
  return {
    status: 201,
    headers: { 'Content-Type': XML_CONTENT_TYPE, Location: location },
    body: Buffer.from(
      xmlDocument('PostResponse', [
        ['Bucket', bucket],
        ['ETag', `"${etag}"`],
        ['Key', key],
        ['Location', location],
      ]),
    ),
  };
}

/** What is no http URL is as if it was not there: assumed, as S3 has it. */
function redirectTarget(text: string | undefined): URL | undefined {
  const url = text === undefined ? null : URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) ? url : undefined;
}

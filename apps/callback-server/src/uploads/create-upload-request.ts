import { callbackBodyTypes } from '@oss-callback/oss-callback';
import { z } from 'zod';
import { ApiException } from '../api/api.exception.ts';

/** A single PutObject takes at most 5 GB (documentation page "PutObject"). */
const MAX_UPLOAD_BYTES = 5 * 1024 ** 3;

/** With the system variables still below the 100 fields that `parseCallbackBody` takes. */
const MAX_VARIABLES = 64;

/** Postgres keeps no NUL in text, and half a surrogate pair is no text at all. */
const storableText = z.string().refine((text) => text.isWellFormed() && !text.includes('\0'), {
  error: 'must be well-formed text without NUL characters',
});

const createUploadRequest = z.strictObject({
  filename: storableText
    .min(1)
    .max(255)
    // oxlint-disable-next-line no-control-regex -- exactly these are refused
    .regex(/^[^\u0000-\u001f\u007f]*$/, { error: 'must not contain control characters' }),
  contentType: z
    .string()
    .max(127)
    .regex(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(; ?charset=[\w-]+)?$/, { error: 'must be a media type, as in image/png' }),
  sizeBytes: z.int().min(0).max(MAX_UPLOAD_BYTES),
  variables: z
    .record(z.string().regex(/^[a-z0-9_-]{1,64}$/), storableText)
    .refine((variables) => Object.keys(variables).length <= MAX_VARIABLES, {
      error: `at most ${MAX_VARIABLES} of them`,
    })
    .default({}),
  callbackBodyType: z.enum(callbackBodyTypes).default('application/json'),
});

/** Body of `POST /uploads`. Size in bytes. */
export type CreateUploadRequest = z.output<typeof createUploadRequest>;

/** @throws ApiException 400 that names the field and the rule, never the value */
export function parseCreateUploadRequest(body: unknown): CreateUploadRequest {
  const parsed = createUploadRequest.safeParse(body);
  if (parsed.success) {
    return parsed.data;
  }
  const issue = parsed.error.issues[0];
  if (issue?.code === 'unrecognized_keys') {
    throw new ApiException('invalid-request', `${issue.keys.slice(0, 3).join(', ')}: unknown field`);
  }
  const field = issue?.path.join('.') ?? '';
  if (issue?.code === 'invalid_key') {
    throw new ApiException(
      'invalid-request',
      `${field}: names of variables consist of a-z, 0-9, _ and -, 1 to 64 of them`,
    );
  }
  throw new ApiException('invalid-request', `${field === '' ? 'body' : field}: ${issue?.message ?? 'invalid'}`);
}

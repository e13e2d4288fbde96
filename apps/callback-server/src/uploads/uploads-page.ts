import { z } from 'zod';
import { ApiException } from '../api/api.exception.ts';

const MAX_PAGE = 100;

const uploadsPage = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(20),
  // Postgres knows no text with NUL in it.
  before: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'must be the id of an upload')
    .optional(),
});

/** Query of `GET /uploads`: how many (1–100), and the id of the last upload of the page before. */
export type UploadsPage = z.output<typeof uploadsPage>;

/** @throws ApiException 400 that names the parameter */
export function parseUploadsPage(query: unknown): UploadsPage {
  const parsed = uploadsPage.safeParse(query);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 3).join(', ') : issue?.path.join('.');
    throw new ApiException('invalid-request', `${field}: ${issue?.message ?? 'invalid'}`);
  }
  return parsed.data;
}

/** What the callback server hands out for one upload: everything but the bytes. */
export interface UploadGrant {
  readonly id: string;
  readonly bucket: string;
  readonly objectKey: string;
  readonly method: 'PUT';
  /** Presigned; the callback is inside, under the signature. */
  readonly url: string;
  /** Part of the signature: to be sent exactly so. */
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAt: string;
}

export interface GrantRequest {
  readonly filename: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly callbackBodyType: string;
}

const GRANT_TIMEOUT_MS = 30_000;

export class GrantError extends Error {
  override readonly name = 'GrantError';
}

/**
 * Asks the callback server's `POST /uploads`.
 * @throws {GrantError} when the server cannot be reached, refuses, or answers something else than a grant
 */
export async function requestGrant(serverUrl: string, request: GrantRequest): Promise<UploadGrant> {
  const endpoint = new URL('uploads', serverUrl.endsWith('/') ? serverUrl : `${serverUrl}/`);
  let response: Response;
  try {
    const headers = { 'content-type': 'application/json' };
    response = await fetch(endpoint, {
      method: 'POST',
      headers,
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(GRANT_TIMEOUT_MS),
    });
  } catch (error) {
    throw new GrantError(`callback server ${endpoint.origin} cannot be reached: ${reasonOf(error)}`);
  }
  const text = await response.text();
  const body = parseJson(text);
  if (response.status !== 201) {
    throw new GrantError(
      `callback server refused the upload (${response.status}): ${messageIn(body) ?? text.slice(0, 200)}`,
    );
  }
  if (!isGrant(body)) throw new GrantError(`callback server's answer is not an upload grant: ${text.slice(0, 200)}`);
  return body;
}

function isGrant(body: unknown): body is UploadGrant {
  if (typeof body !== 'object' || body === null) return false;
  const { id, bucket, objectKey, method, url, headers } = body as Record<string, unknown>;
  return (
    [id, bucket, objectKey, url].every((field) => typeof field === 'string') &&
    method === 'PUT' &&
    typeof headers === 'object' &&
    headers !== null
  );
}

function messageIn(body: unknown): string | undefined {
  const error = (body as { error?: { message?: unknown } } | undefined)?.error;
  return typeof error?.message === 'string' ? error.message : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `fetch` hides the reason (ECONNREFUSED …) in `cause`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause;
  if (cause instanceof AggregateError) return cause.errors.map((each) => reasonOf(each)).join(', ');
  return cause instanceof Error ? cause.message : error.message;
}

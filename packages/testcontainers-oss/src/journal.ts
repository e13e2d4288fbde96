/** An object that the emulator stored. */
export interface JournaledUpload {
  /** ISO 8601. */
  readonly at: string;
  readonly requestId: string;
  /** By OSS's name: `PutObject`. */
  readonly operation: string;
  readonly bucket: string;
  readonly key: string;
  readonly sizeBytes: number;
  readonly etag: string;
  /** Ids of its {@link JournaledCallback}s; none where nobody was to be called. */
  readonly callbacks: readonly string[];
}

/** A callback that the emulator sent. */
export interface JournaledCallback {
  readonly id: string;
  /** Of the upload. */
  readonly requestId: string;
  readonly operation: string;
  readonly bucket: string;
  readonly key: string;
  /** What the receiver got. */
  readonly renderedBody: string;
  /** One for each URL that was tried, in order. */
  readonly attempts: readonly JournaledAttempt[];
  readonly verdict: { readonly outcome: 'answered' } | { readonly outcome: 'failed'; readonly message: string };
  /** What works here and would fail or surprise on real OSS. */
  readonly warnings: ReadonlyArray<{ readonly rule: string; readonly fix: string }>;
}

export interface JournaledAttempt {
  readonly url: string;
  readonly requestHeaders: ReadonlyArray<readonly [name: string, value: string]>;
  readonly stringToSign: string;
  /** Absent when there was none. */
  readonly reply?: { readonly status: number; readonly body: string };
}

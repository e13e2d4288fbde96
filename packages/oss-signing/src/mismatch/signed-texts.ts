/** What one side of a request signed: a signing function of this package returns it, a refusal by OSS carries it. */
export interface SignedTexts {
  readonly stringToSign: string;
  /** V4 only. */
  readonly canonicalRequest?: string | undefined;
}

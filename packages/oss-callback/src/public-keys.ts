const OSS_CALLBACK_PUBLIC_KEY = `-----BEGIN PUBLIC KEY-----
MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKs/JBGzwUB2aVht4crBx3oIPBLNsjGs
C0fTXv+nvlmklvkcolvpvXLTjaxUHR3W9LXxQ2EHXAJfCB+6H2YF1k8CAwEAAQ==
-----END PUBLIC KEY-----
`;

/**
 * The key that OSS signs callbacks with, under the two URLs that OSS names in `x-oss-pub-key-url`.
 *
 * Nothing is fetched: a key is trusted because it is in this map under exactly that URL, byte for byte, so there is no
 * URL to parse, no redirect, no DNS and no cache to poison. OSS documents that the key does not change; captures of
 * 2015, 2018 and 2019 verify with this one.
 *
 * It is one 512-bit RSA key for all customers of OSS. A valid signature says "came through OSS", never "is about my
 * bucket": see `verifyUploadTicket`.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/callback
 */
export const OSS_CALLBACK_PUBLIC_KEYS: ReadonlyMap<string, string> = new Map([
  ['http://gosspublic.alicdn.com/callback_pub_key_v1.pem', OSS_CALLBACK_PUBLIC_KEY],
  ['https://gosspublic.alicdn.com/callback_pub_key_v1.pem', OSS_CALLBACK_PUBLIC_KEY],
]);

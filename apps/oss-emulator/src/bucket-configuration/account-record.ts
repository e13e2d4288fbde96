/**
 * Under this name the store keeps what is configured for the whole account, as the settings of a bucket. With dots, which OSS
 * forbids in names of buckets and S3 allows: no request can name it, no listing shows it.
 */
export const ACCOUNT_RECORD = 'oss.emulator.account';

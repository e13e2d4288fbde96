/** What OSS calls, relative to the server's public URL. */
export const CALLBACK_PATH = '/oss/callback';

/** The kind of upload that tickets are issued for; there is one kind so far. */
export const UPLOAD_ROUTE = 'file';

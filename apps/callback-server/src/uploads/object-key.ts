import { randomBytes } from 'node:crypto';

/** Extensions for content types whose files are recognised by it. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/gzip': 'gz',
  'application/json': 'json',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'audio/mpeg': 'mp3',
  'image/avif': 'avif',
  'image/bmp': 'bmp',
  'image/gif': 'gif',
  'image/heic': 'heic',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/svg+xml': 'svg',
  'image/tiff': 'tiff',
  'image/webp': 'webp',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/plain': 'txt',
  'video/mp4': 'mp4',
};

/**
 * Makes the key of a new object: `uploads/yyyy/mm/<32 hex digits>.<ext>`. 128 random bits, so nobody guesses or meets
 * another key; the file name has no part in it except a plain extension, so nothing in it can lead anywhere.
 */
export function newObjectKey(upload: { readonly filename: string; readonly contentType: string }, now: Date): string {
  const month = now.toISOString().slice(0, 7).replace('-', '/');
  const extension = extensionOf(upload.filename, upload.contentType);
  return `uploads/${month}/${randomBytes(16).toString('hex')}${extension === undefined ? '' : `.${extension}`}`;
}

function extensionOf(filename: string, contentType: string): string | undefined {
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (Object.hasOwn(EXTENSIONS, mediaType)) {
    return EXTENSIONS[mediaType];
  }
  return /\.([a-z0-9]{1,10})$/i.exec(filename)?.[1]?.toLowerCase();
}

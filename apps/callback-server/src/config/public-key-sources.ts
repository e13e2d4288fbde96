/** Where the PEM text of one trusted key comes from. */
export interface PublicKeySource {
  /** The key URL, exactly as `x-oss-pub-key-url` will name it. */
  readonly url: string;
  /** The PEM text itself, a file that holds it, or the key URL, to be fetched once. */
  readonly from: 'text' | 'file' | 'url';
  readonly value: string;
}

const HTTP_URL = /^https?:\/\/[^\s=;]+$/;

/**
 * Reads `OSS_CALLBACK_PUBLIC_KEYS`: entries separated by `;`, each `URL=PEM` (line breaks may be written `\n`),
 * `URL=FILE` or `URL`.
 *
 * @returns `undefined` when an entry is none of these
 */
export function parsePublicKeySources(text: string): readonly PublicKeySource[] | undefined {
  const sources: PublicKeySource[] = [];
  for (const entry of text.split(';').map((each) => each.trim())) {
    if (entry === '') {
      continue;
    }
    // The first equals sign: Base64 in a PEM ends with some.
    const equals = entry.indexOf('=');
    const url = equals === -1 ? entry : entry.slice(0, equals);
    const value = equals === -1 ? '' : entry.slice(equals + 1).trim();
    if (!HTTP_URL.test(url) || (equals !== -1 && value === '')) {
      return undefined;
    }
    if (equals === -1) {
      sources.push({ url, from: 'url', value: url });
    } else if (value.startsWith('-----BEGIN ')) {
      sources.push({ url, from: 'text', value: value.replaceAll('\\n', '\n') });
    } else {
      sources.push({ url, from: 'file', value });
    }
  }
  return sources.length === 0 ? undefined : sources;
}

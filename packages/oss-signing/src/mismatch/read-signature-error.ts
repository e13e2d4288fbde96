import type { SignedTexts } from './signed-texts.ts';

/** OSS's own answers are far smaller; more is not looked at. */
const MAX_CHARACTERS = 1_048_576;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const SPACED_HEX = /^(?:[0-9A-Fa-f]{2}\s?)+$/;

/**
 * Reads what OSS signed out of its answer `SignatureDoesNotMatch`. The elements `…Bytes` are preferred: logs and
 * browsers change the white space of the texts, and never of those. `undefined` for any other text.
 *
 * OSS: EC 0002-00000201 and 0002-00000040, elements StringToSign, StringToSignBytes and CanonicalRequest.
 */
export function readSignatureError(errorBody: string): SignedTexts | undefined {
  const xml = errorBody.slice(0, MAX_CHARACTERS);
  const stringToSign = readText(xml, 'StringToSign');
  const canonicalRequest = readText(xml, 'CanonicalRequest');
  if (stringToSign === undefined) {
    return undefined;
  }
  return canonicalRequest === undefined ? { stringToSign } : { stringToSign, canonicalRequest };
}

function readText(xml: string, name: string): string | undefined {
  const bytes = elementContent(xml, `${name}Bytes`)?.trim() ?? '';
  if (SPACED_HEX.test(bytes)) {
    return Buffer.from(bytes.replaceAll(/\s/g, ''), 'hex').toString('utf8');
  }
  const content = elementContent(xml, name);
  return content === undefined ? undefined : unescapeXml(content);
}

function elementContent(xml: string, name: string): string | undefined {
  const start = xml.indexOf(`<${name}>`);
  const end = xml.indexOf(`</${name}>`, start);
  return start === -1 || end === -1 ? undefined : xml.slice(start + name.length + 2, end);
}

function unescapeXml(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|([a-z]{2,4}));/g, (entity, decimal, hex, name) => {
    if (typeof name === 'string') {
      return ENTITIES[name] ?? entity;
    }
    const codePoint = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return codePoint <= 0x10_ff_ff ? String.fromCodePoint(codePoint) : entity;
  });
}

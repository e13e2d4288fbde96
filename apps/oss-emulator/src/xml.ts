/**
 * The XML that OSS answers: elements and text, no attributes, no namespaces, two blanks of indentation as in the samples
 * of the documentation.
 */

/** Text, or child elements. A number is written in decimal, a date as OSS writes it: `2026-02-24T17:03:12.000Z`. */
export type XmlContent = string | number | bigint | boolean | Date | readonly XmlElement[];

/** Name and content. An element whose content is `undefined` is left out: optional members need no `if`. */
export type XmlElement = readonly [name: string, content: XmlContent | undefined];

/**
 * @param root name of the document element, such as `ListBucketResult`
 * @returns the document with its XML declaration. Well-formed whatever the text holds: see {@link escapeXmlText}.
 */
export function xmlDocument(root: string, content: XmlContent): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${renderElement(root, content, '')}`;
}

function renderElement(name: string, content: XmlContent, indent: string): string {
  if (!isElementList(content)) {
    return `${indent}<${name}>${escapeXmlText(textOf(content))}</${name}>\n`;
  }
  let children = '';
  for (const [childName, childContent] of content) {
    if (childContent !== undefined) {
      children += renderElement(childName, childContent, `${indent}  `);
    }
  }
  return `${indent}<${name}>${children === '' ? '' : `\n${children}${indent}`}</${name}>\n`;
}

function isElementList(content: XmlContent): content is readonly XmlElement[] {
  return Array.isArray(content);
}

function textOf(content: Exclude<XmlContent, readonly XmlElement[]>): string {
  return content instanceof Date ? content.toISOString() : String(content);
}

const NAMED_REFERENCES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Text as it may stand between tags. Line feeds stay as they are: people read `StringToSign` in the raw answer. A
 * carriage return becomes a reference, because parsers would turn it into a line feed. The other control characters
 * become references too, which strict parsers of XML 1.0 refuse and lenient ones take: ali-oss 6.23.0 (object.test.js,
 * "should encode variant object keys") finds a key with U+0001 in a listing without `encoding-type=url`, so OSS gives it
 * back in some form; that it is this one is assumed. Lone surrogates, U+FFFE and U+FFFF become U+FFFD.
 */
export function escapeXmlText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[&<>"]/g, (character) => NAMED_REFERENCES[character] ?? character)
    .replaceAll(/[^\t\n\u0020-\uFFFD]/g, (character) => {
      const code = character.charCodeAt(0);
      return code > 0 && code < 0x20 ? `&#${code};` : '\uFFFD';
    });
}

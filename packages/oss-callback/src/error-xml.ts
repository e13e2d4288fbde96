/** The members of OSS's error XML that a client acts on. */
export interface ErrorXml {
  readonly code: string;
  readonly message: string;
  readonly requestId: string;
  readonly ec: string;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * Reads `<Error>` as OSS writes it: flat, without attributes. `undefined` for anything else, such as a proxy's HTML page.
 *
 * @see https://www.alibabacloud.com/help/en/oss/support/http-status-code-203
 */
export function readErrorXml(xml: string): ErrorXml | undefined {
  const code = elementText(xml, 'Code');
  if (!xml.includes('<Error>') || code === undefined) {
    return undefined;
  }
  return {
    code,
    message: elementText(xml, 'Message') ?? '',
    requestId: elementText(xml, 'RequestId') ?? '',
    ec: elementText(xml, 'EC') ?? '',
  };
}

function elementText(xml: string, name: string): string | undefined {
  const start = xml.indexOf(`<${name}>`);
  const end = xml.indexOf(`</${name}>`, start);
  return start === -1 || end === -1 ? undefined : unescapeXml(xml.slice(start + name.length + 2, end));
}

function unescapeXml(text: string): string {
  return text.replaceAll(/&(?:#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6})|([a-z]{2,4}));/g, (entity, decimal, hex, name) => {
    if (typeof name === 'string') {
      return ENTITIES[name] ?? entity;
    }
    const codePoint = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return codePoint <= 0x10_ff_ff ? String.fromCodePoint(codePoint) : entity;
  });
}

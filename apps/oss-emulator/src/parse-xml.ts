/**
 * The XML that clients send: elements and text. Document types and CDATA are no part of it, so nothing can be declared that
 * grows when it is read; comments and attributes (namespaces) are stepped over.
 */
export interface XmlNode {
  readonly name: string;
  readonly children: readonly XmlNode[];
  /** References undone, blanks kept. */
  readonly text: string;
}

interface OpenNode {
  readonly name: string;
  readonly children: XmlNode[];
  text: string;
}

/** The deepest documents of OSS have five levels. */
const MAX_DEPTH = 10;

/**
 * Comment, declaration, end tag, start tag, text, or a `<` that begins none of them. Names are bounded: no backtracking over
 * them; a comment without an end ends the reading.
 */
const TOKEN = /<!--[\s\S]*?-->|<\?[^<>]*\?>|<\/([\w:.-]{1,64})\s*>|<([\w:.-]{1,64})((?:[\s/][^<>]*)?)>|([^<]+)|</g;
/** A lone `&` is itself: the Java SDK's BucketRefererTest puts one past OSS. Not what looks like a reference and is none. */
const REFERENCE = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,8}));|&(?=[\w#])/gi;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** @returns the document element, or `undefined` for what is not well-formed or more than the above */
export function parseXml(xml: string): XmlNode | undefined {
  const root: OpenNode = { name: '', children: [], text: '' };
  const open = [root];
  for (const [token, endName, startName, rest = '', rawText] of xml.replace(/^\uFEFF/, '').matchAll(TOKEN)) {
    const current = open.at(-1) ?? root;
    if (rawText !== undefined) {
      const text = decodeReferences(rawText);
      if (text === undefined) return undefined;
      current.text += text;
    } else if (endName !== undefined) {
      if (open.length === 1 || open.pop()?.name !== endName) return undefined;
    } else if (startName !== undefined) {
      const node: OpenNode = { name: startName, children: [], text: '' };
      current.children.push(node);
      if (!rest.endsWith('/')) open.push(node);
      if (open.length > MAX_DEPTH) return undefined;
    } else if (!/^<(?:\?|!--)/.test(token)) {
      return undefined;
    }
  }
  const [document, ...others] = root.children;
  return open.length === 1 && others.length === 0 && root.text.trim() === '' ? document : undefined;
}

/** Text of the first child of that name, without blanks around it. */
export function childText(node: XmlNode, name: string): string | undefined {
  return node.children.find((child) => child.name === name)?.text.trim();
}

function decodeReferences(text: string): string | undefined {
  let known = true;
  const decoded = text.replaceAll(REFERENCE, (_reference, hex?: string, decimal?: string, name?: string) => {
    const code = hex === undefined ? Number(decimal ?? Number.NaN) : Number.parseInt(hex, 16);
    const character = name === undefined ? characterOf(code) : NAMED[name];
    known &&= character !== undefined;
    return character ?? '';
  });
  return known ? decoded : undefined;
}

function characterOf(code: number): string | undefined {
  return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : undefined;
}

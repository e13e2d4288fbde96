import { XMLParser } from 'fast-xml-parser';

/** An element's children by name; text, or a list of those that may be repeated. */
export interface XmlMembers {
  readonly [name: string]: XmlMembers | string | readonly XmlMembers[] | undefined;
}

/**
 * The `minio` client's own parser makes numbers of what looks like one, so that the key `007` is listed as `7`, and `0x10`
 * as `16`. Here everything stays text.
 */
const parser = new XMLParser({
  parseTagValue: false,
  isArray: (name) => ['Contents', 'CommonPrefixes', 'Bucket'].includes(name),
});

/** Keeps the order in which elements of different names stand, which is that of the versions they list. */
const orderedParser = new XMLParser({ parseTagValue: false, preserveOrder: true });

/** An element below the document's; its text, or what is in it. */
export interface OrderedElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly OrderedElement[];
}

/** @returns what is in the document element */
export function orderedElements(xml: string): readonly OrderedElement[] {
  const documents = readOrdered(orderedParser.parse(xml));
  return documents.find(({ name }) => name !== '?xml')?.children ?? [];
}

function readOrdered(nodes: unknown): OrderedElement[] {
  if (!Array.isArray(nodes)) {
    return [];
  }
  return (nodes as Readonly<Record<string, unknown>>[]).flatMap((node) =>
    Object.entries(node)
      .filter(([name]) => name !== ':@' && name !== '#text')
      .map(([name, content]) => ({ name, text: orderedText(content), children: readOrdered(content) })),
  );
}

function orderedText(content: unknown): string {
  const [first] = Array.isArray(content) ? (content as { readonly '#text'?: unknown }[]) : [];
  return typeof first?.['#text'] === 'string' ? first['#text'] : '';
}

export function parseS3Xml(xml: string): XmlMembers {
  return parser.parse(xml) as XmlMembers;
}

export function textOf(member: XmlMembers[string]): string {
  return typeof member === 'string' ? member : '';
}

export function listOf(member: XmlMembers[string]): readonly XmlMembers[] {
  return Array.isArray(member) ? (member as readonly XmlMembers[]) : [];
}

export function isXmlMember(member: XmlMembers[string]): member is XmlMembers {
  return typeof member === 'object' && !Array.isArray(member);
}

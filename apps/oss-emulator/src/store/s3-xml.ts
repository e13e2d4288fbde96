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

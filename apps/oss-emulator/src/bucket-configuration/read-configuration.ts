import { OssError } from '../oss-error.ts';
import { parseXml } from '../parse-xml.ts';
import type { XmlNode } from '../parse-xml.ts';
import type { ContentRules, ElementRule } from './element-rules.ts';

/** A configuration as it is kept and answered: known elements checked and in OSS's order. */
export type ConfigurationNode = XmlNode;

/**
 * Reads the XML of a configuration. Elements that the rules do not know are kept as they are, behind the known ones: a
 * newer SDK may send what this emulator has not heard of.
 * @throws {OssError} `MalformedXML`, its `ErrorDetail` naming the element and the rule
 */
export function readConfiguration(xml: string, root: string, rules: ContentRules): ConfigurationNode {
  const document = parseXml(xml);
  if (document === undefined) throw malformed('The document is not well-formed.');
  if (document.name !== root) throw malformed(`The document element must be ${root}.`);
  return readElements(document, rules);
}

/** @param detail a sentence that names the element and the rule */
export function malformed(detail: string, ec?: string): OssError {
  return new OssError('MalformedXML', { ErrorDetail: detail }, { ec });
}

function readElements(node: XmlNode, rules: ContentRules): ConfigurationNode {
  const known = Object.entries(rules).flatMap(([name, rule]) => readElement(node, name, rule));
  const others = node.children.filter(({ name }) => !Object.hasOwn(rules, name));
  return { name: node.name, children: [...known, ...others], text: '' };
}

function readElement(parent: XmlNode, name: string, rule: ElementRule): ConfigurationNode[] {
  const found = parent.children.filter((child) => child.name === name);
  if (found.length > (rule.max ?? 1)) {
    throw malformed(`${parent.name} has ${found.length} ${name}; at most ${rule.max ?? 1} are allowed.`);
  }
  if (found.length === 0) {
    if (rule.isRequired === true) throw malformed(`${parent.name} must have ${name}.`);
    if (rule.fallback === undefined) return [];
    const absent = { name, children: [], text: rule.fallback };
    return [rule.content === undefined ? absent : readElements(absent, rule.content)];
  }
  return found.map((node) => (rule.content === undefined ? readText(node, rule) : readElements(node, rule.content)));
}

function readText(node: XmlNode, { read, rule = 'is not valid', fallback }: ElementRule): ConfigurationNode {
  const text = node.children.length === 0 ? read?.(node.text) : undefined;
  const isEmpty = node.text.trim() === '' && node.children.length === 0;
  const kept = isEmpty && (text ?? '') === '' ? (fallback ?? text) : text;
  if (kept === undefined) throw malformed(`${node.name} ${rule}.`);
  return { name: node.name, children: [], text: kept };
}

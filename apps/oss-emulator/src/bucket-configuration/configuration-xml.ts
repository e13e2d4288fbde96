import { xmlDocument } from '../xml.ts';
import type { XmlContent, XmlElement } from '../xml.ts';
import type { ConfigurationNode } from './read-configuration.ts';

/** The document that GET answers, and that is kept. */
export function configurationXml(node: ConfigurationNode): string {
  return xmlDocument(node.name, contentOf(node));
}

/** @returns what {@link xmlDocument} and `xmlResponse` take */
export function elementOf(node: ConfigurationNode): XmlElement {
  return [node.name, contentOf(node)];
}

function contentOf({ children, text }: ConfigurationNode): XmlContent {
  return children.length === 0 ? text : children.map(elementOf);
}

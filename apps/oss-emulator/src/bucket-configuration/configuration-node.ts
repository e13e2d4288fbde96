import type { ConfigurationNode } from './read-configuration.ts';

export function childrenNamed(node: ConfigurationNode | undefined, name: string): readonly ConfigurationNode[] {
  return node?.children.filter((child) => child.name === name) ?? [];
}

/** The first child of that name, or the first child of that name's first child, and so on down the path. */
export function descend(
  node: ConfigurationNode | undefined,
  ...path: readonly string[]
): ConfigurationNode | undefined {
  return path.reduce<ConfigurationNode | undefined>((parent, name) => childrenNamed(parent, name)[0], node);
}

/** Text at the end of the path; `undefined` when there is no such element. */
export function textAt(node: ConfigurationNode | undefined, ...path: readonly string[]): string | undefined {
  return descend(node, ...path)?.text;
}

export function textsNamed(node: ConfigurationNode | undefined, name: string): readonly string[] {
  return childrenNamed(node, name).map(({ text }) => text);
}

/** What can be wrong with the placeholders of a `callbackBody`; the values are rows of `callbackConfigErrors`. */
export type TemplateFault = 'placeholder-without-brace' | 'placeholder-unclosed';

/** `${name}`: the only placeholder OSS knows; `$(name)` appears in old documentation and is refused by the service. */
const PLACEHOLDER = /\$\{([^}]*)\}/g;

/**
 * Looks for what OSS refuses before it stores anything: a `$` that no `{` follows, or a `${` that no `}` closes.
 *
 * @see https://help.aliyun.com/zh/oss/user-guide/0007-00000105
 */
export function findTemplateFault(template: string): TemplateFault | undefined {
  if (/\$(?!\{)/.test(template)) {
    return 'placeholder-without-brace';
  }
  const lastPlaceholder = template.lastIndexOf('${');
  return lastPlaceholder !== -1 && !template.includes('}', lastPlaceholder) ? 'placeholder-unclosed' : undefined;
}

/** Replaces every `${name}`; all other characters are copied as they are. */
export function fillTemplate(template: string, valueOf: (name: string) => string): string {
  return template.replaceAll(PLACEHOLDER, (_placeholder, name: string) => valueOf(name));
}

/** Names of the placeholders that stand inside a JSON string constant, as in `"${object}"`. */
export function placeholdersInsideQuotes(template: string): readonly string[] {
  const names: string[] = [];
  // One token at a time: an escaped character, a quote, a placeholder. What is between them changes nothing.
  let insideQuotes = false;
  for (const token of template.matchAll(/\\[^]|"|\$\{([^}]*)\}/g)) {
    if (token[0] === '"') {
      insideQuotes = !insideQuotes;
    } else if (insideQuotes && token[1] !== undefined) {
      names.push(token[1]);
    }
  }
  return names;
}

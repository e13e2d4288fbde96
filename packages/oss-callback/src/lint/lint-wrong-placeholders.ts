import { findTemplateFault } from '../callback-template.ts';
import { isCallbackVariableName } from '../callback-variables.ts';
import type { AddFinding } from './callback-findings.ts';

const FIELD = 'callbackBody';
const PARENTHESES = /\$\(([A-Za-z0-9_.:-]{1,64})\)/g;
/** `{object}`, `{{object}}`, `%{object}`, `#{object}`, `@{object}`: the placeholders of other systems. */
const OTHER_SYSTEMS = /(?<![$A-Za-z0-9])[%#@]?(\{{1,2}) {0,3}([A-Za-z0-9_.:-]{1,64}) {0,3}\}{1,2}/g;
const PERCENT_ENCODED = /(?:%24|\$)(?:%7B|\{)([A-Za-z0-9_.:%-]{1,64}?)(?:%7D|\})/gi;

/** Looks for placeholders that OSS refuses or does not see; whether there was one. */
export function lintWrongPlaceholders(template: string, add: AddFinding): boolean {
  return [lintRefused(template, add), lintOtherSystems(template, add), lintEncoded(template, add)].includes(true);
}

function lintRefused(template: string, add: AddFinding): boolean {
  const fault = findTemplateFault(template);
  if (fault === undefined) {
    return false;
  }
  const withBraces = template.replaceAll(PARENTHESES, '${$1}');
  const [first] = template.matchAll(PARENTHESES);
  if (first !== undefined) {
    const corrected = findTemplateFault(withBraces) === undefined ? withBraces : undefined;
    add('placeholder-parentheses', FIELD, { at: first[0], fix: `write \${${first[1]}}`, corrected });
  }
  const rest = findTemplateFault(withBraces);
  if (rest === 'placeholder-without-brace') {
    const at = withBraces.slice(withBraces.search(/\$(?!\{)/));
    const name = /^\$([A-Za-z:]{0,2}[A-Za-z0-9_.:-]{0,62})/.exec(at)?.[1] ?? '';
    add(rest, FIELD, { at: at.slice(0, 40), fix: isVariableLike(name) ? `write \${${name}}` : undefined });
  } else if (rest !== undefined) {
    add(rest, FIELD, { at: template.slice(template.lastIndexOf('${')).slice(0, 40) });
  }
  return true;
}

function lintOtherSystems(template: string, add: AddFinding): boolean {
  const found = [...template.matchAll(OTHER_SYSTEMS)].filter(([, , name = '']) => isVariableLike(name));
  const corrected = template.replaceAll(OTHER_SYSTEMS, (text, _braces, name: string) =>
    isVariableLike(name) ? `\${${name}}` : text,
  );
  for (const [text, , name] of found) {
    add('placeholder-not-replaced', FIELD, { at: text, fix: `write \${${name}}`, corrected });
  }
  return found.length > 0;
}

function lintEncoded(template: string, add: AddFinding): boolean {
  const found = [...template.matchAll(PERCENT_ENCODED)].filter(
    ([text, name = '']) => text.includes('%') && isVariableLike(decodedName(name)),
  );
  const corrected = template.replaceAll(PERCENT_ENCODED, (text, name: string) =>
    isVariableLike(decodedName(name)) ? `\${${decodedName(name)}}` : text,
  );
  for (const [text, name = ''] of found) {
    add('placeholder-percent-encoded', FIELD, { at: text, fix: `write \${${decodedName(name)}}`, corrected });
  }
  return found.length > 0;
}

function decodedName(name: string): string {
  return name.replaceAll(/%3A/gi, ':').replaceAll(/%2E/gi, '.');
}

/** Whether a name is meant as a variable: one that OSS has, or a custom one. */
function isVariableLike(name: string): boolean {
  return isCallbackVariableName(name) || /^x:./.test(name);
}

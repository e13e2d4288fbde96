import { parseConfigObject } from '../callback-config-text.ts';

/** A callback has eight members, so the end of the template is among the first few. */
const MAX_ENDS = 16;
const TEMPLATE_START = /"callbackBody"\s{0,20}:\s{0,20}"/;
/** What follows the quote that ends the template: the next member, or the end of the object. */
const TEMPLATE_END = /"\s{0,20}(?:,\s{0,20}"(?:callback|signature|additional)[A-Za-z]{0,40}"\s{0,20}:|\}\s{0,20}$)/g;

/**
 * Repairs the classic mistake: `"callbackBody":"{"bucket":${bucket}}"`, a JSON template whose quotes were not escaped
 * when it was put into the callback JSON. `undefined` when that was not what is wrong.
 *
 * @see https://help.aliyun.com/zh/oss/support/0007-00000003
 */
export function escapeTemplateQuotes(json: string): string | undefined {
  const start = TEMPLATE_START.exec(json);
  if (start === null) {
    return undefined;
  }
  const from = start.index + start[0].length;
  for (const end of [...json.slice(from).matchAll(TEMPLATE_END)].slice(0, MAX_ENDS)) {
    const template = json.slice(from, from + end.index).replaceAll(/(?<!\\)"/g, '\\"');
    const repaired = `${json.slice(0, from)}${template}${json.slice(from + end.index)}`;
    if (parseConfigObject(repaired) !== undefined) {
      return repaired;
    }
  }
  return undefined;
}

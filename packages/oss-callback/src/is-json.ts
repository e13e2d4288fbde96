/** Whether a text is JSON, a value of any kind: more OSS does not ask of an answer. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

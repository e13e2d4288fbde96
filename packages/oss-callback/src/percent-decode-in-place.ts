const PERCENT = 0x25;

/**
 * Decodes the percent escapes of `bytes` from `start` up to `end`, once and in place, and answers where the decoded
 * bytes end. `+` stays `+`, and an escape that is none (`%zz`, a lone `%`) stays as it is, as Python's `unquote` does,
 * which OSS's documentation uses to check a callback.
 */
export function percentDecodeInPlace(bytes: Uint8Array, start: number, end: number): number {
  let length = start;
  for (let index = start; index < end; index += 1) {
    const byte = bytes[index] ?? 0;
    const isEscape = byte === PERCENT && index + 2 < end;
    const high = isEscape ? hexDigit(bytes[index + 1] ?? 0) : undefined;
    const low = isEscape ? hexDigit(bytes[index + 2] ?? 0) : undefined;
    if (high !== undefined && low !== undefined) {
      bytes[length] = high * 16 + low;
      index += 2;
    } else {
      bytes[length] = byte;
    }
    length += 1;
  }
  return length;
}

function hexDigit(byte: number): number | undefined {
  if (byte >= 0x30 && byte <= 0x39) {
    return byte - 0x30;
  }
  const lowerCase = byte | 0x20;
  return lowerCase >= 0x61 && lowerCase <= 0x66 ? lowerCase - 0x61 + 10 : undefined;
}

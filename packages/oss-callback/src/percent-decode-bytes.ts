const PERCENT = 0x25;

/**
 * Decodes percent escapes once, byte by byte. `+` stays `+`, and an escape that is none (`%zz`, a lone `%`) stays as it
 * is, as Python's `unquote` does, which OSS's documentation uses to check a callback.
 */
export function percentDecodeBytes(encoded: Uint8Array): Buffer {
  const decoded = Buffer.allocUnsafe(encoded.length);
  let length = 0;
  for (let index = 0; index < encoded.length; index += 1) {
    const byte = encoded[index] ?? 0;
    const high = hexDigit(encoded[index + 1] ?? 0);
    const low = hexDigit(encoded[index + 2] ?? 0);
    if (byte === PERCENT && high !== undefined && low !== undefined) {
      decoded[length] = high * 16 + low;
      index += 2;
    } else {
      decoded[length] = byte;
    }
    length += 1;
  }
  return decoded.subarray(0, length);
}

function hexDigit(byte: number): number | undefined {
  if (byte >= 0x30 && byte <= 0x39) {
    return byte - 0x30;
  }
  const lowerCase = byte | 0x20;
  return lowerCase >= 0x61 && lowerCase <= 0x66 ? lowerCase - 0x61 + 10 : undefined;
}

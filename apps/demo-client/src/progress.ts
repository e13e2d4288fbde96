/** One line on stderr that redraws itself on a terminal, and stays away elsewhere. */
export interface Progress {
  update(sentBytes: number): void;
  end(): void;
}

interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const REDRAW_INTERVAL_MS = 100;

export function showProgress(stream: ProgressStream, label: string, totalBytes: number): Progress {
  if (!stream.isTTY) return { update: () => {}, end: () => {} };
  let drawnAtMs = -Infinity;
  const draw = (sentBytes: number) => {
    const percent = totalBytes === 0 ? 100 : Math.floor((sentBytes / totalBytes) * 100);
    stream.write(
      `\r${label}  ${String(percent).padStart(3)} %  ${formatBytes(sentBytes)} of ${formatBytes(totalBytes)} `,
    );
  };
  return {
    update(sentBytes) {
      const nowMs = performance.now();
      if (sentBytes < totalBytes && nowMs - drawnAtMs < REDRAW_INTERVAL_MS) return;
      drawnAtMs = nowMs;
      draw(sentBytes);
    },
    end: () => stream.write('\r\u001B[K'),
  };
}

/** @param bytes whole number, 0 or more */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = -1;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toFixed(1)} ${units[unit]}`;
}

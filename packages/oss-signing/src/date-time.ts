const DATE_TIME = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

/** A time as `x-oss-date` of V4 carries it: ISO 8601 basic, UTC, whole seconds, `20260115T083000Z`. */
export function formatDateTime(time: Date): string {
  return `${time.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** Reads `20260115T083000Z`; `undefined` for every other text, also for days and hours that do not exist. */
export function parseDateTime(text: string): Date | undefined {
  const parts = DATE_TIME.exec(text);
  if (parts === null) {
    return undefined;
  }
  const [, year, month, day, hour, minute, second] = parts;
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  // Date rolls 31 April over to 1 May; the round trip notices.
  return !Number.isNaN(time.getTime()) && formatDateTime(time) === text ? time : undefined;
}

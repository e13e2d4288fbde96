const HTTP_DATE = /^[A-Z][a-z]{2}, (\d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT)$/;

/** A time as the `Date` header carries it: RFC 1123, `Thu, 15 Jan 2026 08:30:00 GMT`. */
export function formatHttpDate(time: Date): string {
  return time.toUTCString();
}

/** Reads `Thu, 15 Jan 2026 08:30:00 GMT`; `undefined` for every other text, also for days that do not exist. */
export function parseHttpDate(text: string): Date | undefined {
  const dayAndTime = HTTP_DATE.exec(text)?.[1];
  if (dayAndTime === undefined) {
    return undefined;
  }
  const time = new Date(text);
  // Date rolls 31 April over to 1 May; the round trip notices. A wrong weekday name is harmless.
  return time.toUTCString().endsWith(dayAndTime) ? time : undefined;
}

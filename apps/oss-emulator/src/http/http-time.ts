const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The three forms of RFC 9110, section 5.6.7, in the order in which they came up; a day may have one digit. */
const FORMS = [
  /^[A-Z][a-z]{2}, (?<day>\d{1,2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) (?:GMT|UTC)$/,
  /^[A-Z][a-z]{5,8}, (?<day>\d{1,2})-(?<month>[A-Z][a-z]{2})-(?<year>\d{2}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/,
  /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4})$/,
];

/**
 * Reads a time as headers carry it, which is always GMT. `Date.parse` would take the third form for local time, and read
 * times out of nearly every text with a number in it.
 * @param now what a year with two digits is near to: not more than 50 years ahead
 * @returns milliseconds since 1970; `undefined` for what is no time
 */
export function parseHttpTime(text: string, now = new Date()): number | undefined {
  const parts = FORMS.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  const { day = '', month = '', year = '', time = '' } = parts ?? {};
  const monthNumber = MONTHS.indexOf(month) + 1;
  if (parts === undefined || monthNumber === 0) return undefined;
  const date = `${fullYear(year, now)}-${twoDigits(monthNumber)}-${twoDigits(Number(day))}`;
  const milliseconds = Date.parse(`${date}T${time}Z`);
  // 31 April is taken for 1 May.
  const isReal = !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(date);
  return isReal ? milliseconds : undefined;
}

function fullYear(year: string, now: Date): string {
  if (year.length === 4) return year;
  const century = Math.floor(now.getUTCFullYear() / 100) * 100;
  const full = century + Number(year);
  return String(full > now.getUTCFullYear() + 50 ? full - 100 : full);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

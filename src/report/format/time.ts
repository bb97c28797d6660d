const SECONDS_OF_YEAR_0 = -62_167_219_200;
const SECONDS_OF_YEAR_10000 = 253_402_300_800;

/**
 * RFC 3339 in UTC with nanoseconds, e.g. `2026-11-22T06:33:00.000000412Z`. A capture may claim any time: one
 * that RFC 3339 cannot write (years 0 … 9999) is answered with undefined.
 */
export function formatTime(seconds: number, nanoseconds: number): string | undefined {
  if (!(seconds >= SECONDS_OF_YEAR_0 && seconds < SECONDS_OF_YEAR_10000)) return undefined;
  const whole = new Date(seconds * 1000).toISOString();
  return `${whole.slice(0, 19)}.${String(nanoseconds).padStart(9, '0')}Z`;
}

/** Seconds between two capture times, with microseconds, as tshark's default time column shows them. */
export function formatElapsed(
  fromSeconds: number,
  fromNanoseconds: number,
  seconds: number,
  nanoseconds: number,
): string {
  return (seconds - fromSeconds + (nanoseconds - fromNanoseconds) / 1e9).toFixed(6);
}

/** A span for people: `412 ms`, `3.2 s`, `4 min 7 s`, `2 h 5 min`, `3 d 4 h`. */
export function formatSpan(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (whole < 86_400) return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
  return `${Math.floor(whole / 86_400)} d ${Math.floor((whole % 86_400) / 3600)} h`;
}

/** A delay for people, finer than a span: `0.4 ms`, `12 ms`, `1.250 s`. */
export function formatDelay(seconds: number): string {
  if (seconds >= 1) return `${seconds.toFixed(3)} s`;
  const milliseconds = seconds * 1000;
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
}

/** Seconds without the digits that adding up binary fractions leaves behind the nanoseconds. */
export function wholeNanoseconds(seconds: number): number {
  return Math.round(seconds * 1e9) / 1e9;
}

import { safeLine } from '../format/safe-text.ts';
import type { Style } from '../format/style.ts';
import { formatCount, renderTable } from '../format/table.ts';
import type { Check, DoctorRecord, InterfaceRecord } from '../records/host-records.ts';

/** Interfaces as a table for people. */
export function interfacesText(records: readonly InterfaceRecord[], style: Style): string[] {
  const columns = [
    { title: 'Interface' },
    { title: 'Link' },
    { title: 'Packets/s', align: 'right' },
    { title: 'Traffic', align: 'right' },
    { title: 'Addresses' },
  ] as const;
  const rows = records.map((one) => [
    safeLine(one.name),
    one.link === 'up' && one.megabitsPerSecond !== undefined
      ? `up, ${formatRate(one.megabitsPerSecond * 1e6)}`
      : one.link,
    one.packetsPerSecond === undefined ? '' : formatCount(one.packetsPerSecond),
    one.bitsPerSecond === undefined ? '' : formatRate(one.bitsPerSecond),
    safeLine(one.addresses.join(' ')),
  ]);
  return renderTable(columns, rows, style.heading);
}

/** Bits per second in powers of ten, as links are sold. */
function formatRate(bits: number): string {
  if (bits < 1000) return `${bits} bit/s`;
  const units = ['kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s'];
  let value = bits;
  let unit = -1;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 10 && !Number.isInteger(value) ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** The findings of `doctor`, each with the command that mends it below. */
export function doctorText(record: DoctorRecord, style: Style): string[] {
  const width = Math.max(...record.checks.map(({ check }) => check.length));
  const words: Record<Check['status'], string> = {
    ok: style.good('ok     '),
    note: style.note('note   '),
    warning: style.warning('warning'),
    error: style.error('error  '),
  };
  return record.checks.flatMap(({ check, status, text, command }) => {
    const line = `${words[status]}  ${check.padEnd(width)}  ${safeLine(text)}`;
    if (command === undefined) return [line];
    return [line, `${' '.repeat(9 + width + 2)}${style.heading(`$ ${safeLine(command)}`)}`];
  });
}

import { formatBytes, formatCount, plural } from '../../report/format/table.ts';
import type { Series, StreamDetail } from '../model/contract.ts';
import type { Line, Painter } from '../painter.ts';
import { SMALLEST_CHART } from '../terminal/chart-size.ts';
import type { Chart } from '../terminal/terminal.ts';
import { bitRateWords, sparkline } from './words.ts';

/** Bit rate and frame rate over time: as charts where there is room, else as one line each. */
export function streamCharts(painter: Painter, detail: StreamDetail): readonly Chart[] {
  const { width, height } = painter;
  const beside = width >= 100;
  const each = beside ? Math.floor(width / 2) : width;
  const tall = beside ? height : Math.floor(height / 2);
  const video = detail.videoFrames.values.some((value) => value > 0);
  const frames = video ? detail.videoFrames : detail.audioFrames;
  const rate = toUnit(whole(detail.bitRate, detail.row.duration));
  const parts = [
    { title: `Bit rate, ${rate.unit}`, series: detail.bitRate, values: rate.values, colour: 'cyan' as const },
    {
      title: video ? 'Video frames a second' : 'Audio frames a second',
      series: frames,
      values: whole(frames, detail.row.duration),
      colour: 'green' as const,
    },
  ];
  return parts.flatMap(({ title, series, values, colour }, i) => {
    const x = beside ? i * each : 0;
    const y = beside ? 0 : i * tall;
    painter.text(x, y, title, { tone: 'strong', width: each });
    const part = painter.part(x, y + 1, each - 1, tall - 1);
    if (values.length === 0) {
      painter.text(x, y + 1, 'nothing yet', { width: each });
      return [];
    }
    if (part.width < SMALLEST_CHART.width || part.height < SMALLEST_CHART.height) {
      painter.text(x, y + 1, sparkline(values, each - 1), { tone: 'label' });
      return [];
    }
    const { points, seconds } = thinned(values, series.stretchSeconds, part.width);
    return [
      {
        area: part.area,
        // One value draws no line: it is shown as a level.
        labels:
          points.length === 1
            ? ['0', String(seconds)]
            : points.map((_, n) => String(Math.round(n * seconds))),
        line: { title, values: points.length === 1 ? [...points, ...points] : points },
        colour,
      },
    ];
  });
}

/** What a stream is and how it fared, in words. */
export function streamFacts(detail: StreamDetail): readonly Line[] {
  const { record, row, keyFrames, stalls } = detail;
  const words: string[] = [record.kind];
  if (record.channel !== undefined) words.push(`channel ${record.channel}`);
  if (record.streamType !== undefined) words.push(record.streamType);
  if (record.codec !== undefined)
    words.push(`${record.codec} ${record.width ?? '?'}×${record.height ?? '?'}`);
  if (record.fps !== undefined) words.push(`${record.measuredFps?.toFixed(1) ?? '-'} of ${record.fps} fps`);
  if (record.audioCodec !== undefined) words.push(`sound ${record.audioCodec}`);
  words.push(`${formatBytes(record.bytes)} in ${plural(record.messages, 'message')}`);
  const frames = `${plural(record.iFrames, 'key frame')}${
    record.keyFrameSeconds === undefined ? '' : `, one every ${record.keyFrameSeconds.toFixed(1)} s`
  }, ${plural(record.pFrames, 'other frame')}, ${plural(record.audioFrames, 'audio frame')}`;
  const last = keyFrames.at(-1);
  const faults = [
    ...(row.lostPackets > 0 ? [`${plural(row.lostPackets, 'packet')} lost`] : []),
    ...(row.gapBytes > 0 ? [`${formatBytes(row.gapBytes)} never captured`] : []),
    ...(row.cutFrames > 0 ? [`${plural(row.cutFrames, 'frame')} cut`] : []),
  ];
  const pauses = stalls
    .filter(({ seconds }) => seconds >= 0.001)
    .slice(0, 4)
    .map(({ at, seconds }) => `${seconds.toFixed(2)} s at ${at.toFixed(1)} s`);
  return [
    [{ text: words.join(', ') }],
    [
      { text: 'Frames     ', tone: 'label' },
      { text: frames },
      ...(last === undefined ? [] : [{ text: `; the latest key frame at ${last.toFixed(1)} s` }]),
    ],
    [
      { text: 'Rate       ', tone: 'label' },
      {
        text: `${bitRateWords(row.bitRate) || 'nothing'} now, ${bitRateWords(record.meanBitRate ?? 0) || '-'} in the mean`,
      },
    ],
    [
      { text: 'Stalls     ', tone: 'label' },
      { text: pauses.length === 0 ? 'none' : `longest pauses ${pauses.join(', ')}` },
    ],
    [
      { text: 'Lost       ', tone: 'label' },
      faults.length === 0 ? { text: 'nothing', tone: 'good' } : { text: faults.join(', '), tone: 'warning' },
    ],
    [
      { text: 'Ending     ', tone: 'label' },
      { text: `${record.ending}, ${formatCount(Math.round(row.duration))} s` },
    ],
  ];
}

/** The values of the stretches that are over: the last one would look like a drop. */
function whole({ values, stretchSeconds }: Series, duration: number): readonly number[] {
  const over = Math.max(1, Math.floor(duration / stretchSeconds));
  return values.slice(0, over);
}

/** Bits per second in a unit that keeps the numbers of the axis short. */
function toUnit(values: readonly number[]): { readonly unit: string; readonly values: readonly number[] } {
  const highest = Math.max(...values, 0);
  const [unit, factor] = highest >= 2e7 ? ['Mbit/s', 1e6] : highest >= 2e4 ? ['kbit/s', 1e3] : ['bit/s', 1];
  return { unit: String(unit), values: values.map((value) => value / Number(factor)) };
}

/** No more values than a chart has columns: the means of neighbours. `seconds` is how long each stands for. */
function thinned(
  values: Series['values'],
  stretchSeconds: number,
  columns: number,
): { readonly points: readonly number[]; readonly seconds: number } {
  const group = Math.ceil(values.length / Math.max(1, columns));
  const points: number[] = [];
  for (let at = 0; at < values.length; at += group) {
    const part = values.slice(at, at + group);
    points.push(part.reduce((sum, value) => sum + value, 0) / part.length);
  }
  return { points, seconds: stretchSeconds * group };
}
